/** Phase 8: lengths and shares on Tailwind's scales; what is not on them stays in brackets. */

/** px → `4.25`; Tailwind's step is 4 px, its grain a quarter of that. */
const step = (value: number): string => `${value / 4}`

const length = (value: string): number | undefined => {
  const match = /^(-?\d*\.?\d+)px$/.exec(value)
  return match ? Number(match[1]) : undefined
}

const fraction = (value: string): string | undefined => {
  if (value === '100%') return 'full'
  if (value === '50%') return '1/2'
  const said = /^calc\((\d+) \/ (\d+) \* 100%\)$/.exec(value)
  return said ? `${said[1]}/${said[2]}` : undefined
}

/** `p-4`, `-ml-2.5`, `left-1/2`, `w-[12.5px]` … for a length or share. */
export function scaled(prefix: string, value: string): string {
  const pixels = length(value)
  if (pixels !== undefined && Number.isInteger(pixels)) return pixels < 0 ? `-${prefix}-${step(-pixels)}` : `${prefix}-${step(pixels)}`
  if (value === 'auto') return `${prefix}-auto`
  if (value === 'max-content') return `${prefix}-max`
  const share = fraction(value)
  return share ? `${prefix}-${share}` : `${prefix}-[${value.replaceAll(' ', '_')}]`
}

/** `name-12` for whole px where Tailwind counts px and not steps. */
export function counted(prefix: string, value: string): string | undefined {
  const pixels = length(value)
  if (pixels === undefined) return undefined
  if (!Number.isInteger(pixels)) return pixels < 0 ? `-${prefix}-[${-pixels}px]` : `${prefix}-[${pixels}px]`
  return pixels < 0 ? `-${prefix}-${-pixels}` : `${prefix}-${pixels}`
}

const RADII: Readonly<Record<number, string>> = {
  2: 'xs',
  4: 'sm',
  6: 'md',
  8: 'lg',
  12: 'xl',
  16: '2xl',
  24: '3xl',
  32: '4xl',
  9999: 'full',
}

/** Name of a radius: Tailwind's own where there is one, else the px, which the tokens then hold. */
export function radiusName(value: string): string | undefined {
  const pixels = length(value)
  if (pixels === undefined || pixels < 0) return undefined
  return RADII[pixels] ?? `${pixels}`.replace('.', '_')
}

export const isOwnRadius = (name: string): boolean => !Object.values(RADII).includes(name)
