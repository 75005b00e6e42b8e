/** The families that measured designs are set in: the real ones where they are free, one stand-in for all others. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'fonts')
const MODULES = join(FOLDER, 'node_modules')
const WEIGHTS = [100, 200, 300, 400, 500, 600, 700, 800, 900]

const FONTSOURCE = [
  'Inter',
  'Poppins',
  'Montserrat',
  'Sen',
  'League Spartan',
  'Gothic A1',
  'Golos Text',
  'Oswald',
  'Inter Tight',
  'Roboto',
  'Nunito Sans',
  'Plus Jakarta Sans',
  'Raleway',
  'Open Sans',
  'Lato',
  'DM Sans',
  'Geist',
  'Spline Sans Mono',
  'Andika',
  'Material Symbols Outlined',
  'Plaster',
  'Spinnaker',
]
const WHOLE: Record<string, string> = {
  Pretendard: 'pretendard/dist/web/static/pretendard.css',
  'Pretendard JP': 'pretendard-jp/dist/web/static/pretendard-jp.css',
}

/** Families that the bench serves as they are. */
export const SERVED_FAMILIES: readonly string[] = [...FONTSOURCE, ...Object.keys(WHOLE)]

/** Installs the fonts once; they are no part of the product. */
export function ensureFonts(): void {
  if (existsSync(join(MODULES, '@fontsource/inter')) && existsSync(join(MODULES, 'pretendard-jp'))) return
  console.error('Installing the fonts of the measured designs (once) …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** @returns the file behind `/fonts/…` */
export function fontFile(path: string): Buffer | undefined {
  const file = join(MODULES, path)
  return file.startsWith(MODULES) && existsSync(file) ? readFileSync(file) : undefined
}

const fontsourceName = (family: string) => `@fontsource/${family.toLowerCase().replace(/ /g, '-')}`

/** The `@font-face` rules of a Fontsource package under another family's name, or under its own. */
function facesOf(packageName: string, weights: readonly number[], family?: string): string {
  const styles = weights.flatMap((weight) => [`${weight}.css`, `${weight}-italic.css`])
  const sheets = styles.map((name) => join(MODULES, packageName, name)).filter((path) => existsSync(path))
  const rules = sheets
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
    .replaceAll('url(./files/', `url(/fonts/${packageName}/files/`)
  return family ? rules.replace(/font-family:\s*'[^']*'/g, `font-family: ${JSON.stringify(family)}`) : rules
}

/** CSS that brings the families; those that cannot be had look like Arimo, which is as wide as Arial. */
export function fontSheet(families: Iterable<string>): string {
  return [...families].map(sheetOf).join('\n')
}

const sheets = new Map<string, string>()

function sheetOf(family: string): string {
  const known = sheets.get(family)
  if (known !== undefined) return known
  const whole = WHOLE[family]
  const sheet = whole
    ? readFileSync(join(MODULES, whole), 'utf8').replaceAll(/url\((['"]?)\.\//g, `url($1/fonts/${dirname(whole)}/`)
    : FONTSOURCE.includes(family)
      ? facesOf(fontsourceName(family), WEIGHTS)
      : /^SF /.test(family)
        ? facesOf('@fontsource/inter', WEIGHTS, family)
        : /PingFang|Source Han|Noto Sans (CJK )?SC/.test(family)
          ? facesOf('@fontsource/noto-sans-sc', [400, 700], family)
          : facesOf('@fontsource/arimo', [400, 700], family)
  sheets.set(family, sheet)
  return sheet
}

/**
 * Rules that take their letters from this machine's Arial get the stand-in's files, so that a figure does not depend
 * on what the machine has installed; everything else of the rule, such as `size-adjust`, stays.
 */
export function withoutLocalFonts(css: string): string {
  const arimo = (weight: number) => [...facesOf('@fontsource/arimo', [weight]).matchAll(/@font-face\s*\{[^}]*\}/g)].map(([rule]) => rule)
  return css.replace(/@font-face\s*\{[^}]*local\([^}]*\}/g, (rule) => {
    const weight = Number(/font-weight:\s*(\d+)/.exec(rule)?.[1] ?? 400) >= 600 ? 700 : 400
    return arimo(weight)
      .map((face) => {
        const source = /src:[^;]*;/.exec(face)?.[0] ?? ''
        const range = /unicode-range:[^;}]*/.exec(face)?.[0] ?? ''
        return rule.replace(/src:[^;}]*;?/, `${source} ${range};`)
      })
      .join('\n')
  })
}
