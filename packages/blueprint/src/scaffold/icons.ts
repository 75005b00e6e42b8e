/** Icons of the generated app: those it uses, drawn from the Lucide set (ISC licence, lucide.dev). */
import drawings from './icons.json' with { type: 'json' }

type DrawingName = keyof typeof drawings

const ALIASES: Readonly<Record<string, DrawingName>> = {
  home: 'house',
  filter: 'funnel',
  'trash-2': 'trash',
  'building-2': 'building',
  'circle-help': 'circle-question-mark',
  'help-circle': 'circle-question-mark',
  'alert-triangle': 'triangle-alert',
  'bar-chart': 'chart-column',
  'bar-chart-3': 'chart-column',
  'pie-chart': 'chart-pie',
  'line-chart': 'chart-line',
  tool: 'wrench',
  edit: 'pencil',
  'check-circle': 'circle-check',
  'user-circle': 'circle-user',
  bicycle: 'bike',
  'book-marked': 'bookmark',
  columns: 'columns-3',
  tasks: 'list-checks',
  history: 'clock',
  train: 'train-front',
  'shopping-bag': 'shopping-bag',
}

/** Icons that the fixed files of the template use. */
const ALWAYS: readonly DrawingName[] = [
  'arrow-down',
  'arrow-right',
  'arrow-up',
  'check',
  'chevron-left',
  'chevron-right',
  'chevrons-up-down',
  'download',
  'image',
  'layout-grid',
  'list',
  'log-in',
  'log-out',
  'menu',
  'pencil',
  'plus',
  'search',
  'settings',
  'trash',
  'triangle-alert',
  'users',
  'x',
]

/** The name under which an icon is drawn; `folder` for names that are not in the set. */
export function iconName(wanted: string): DrawingName {
  if (Object.hasOwn(drawings, wanted)) return wanted as DrawingName
  return (Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : undefined) ?? 'folder'
}

/** `web/ui/icon.tsx` */
export function writeIcons(wanted: readonly string[]): string {
  const names = [...new Set([...ALWAYS, ...wanted.map(iconName)])].sort()
  const entries = names.map((name) => {
    const key = /^[a-z]+$/.test(name) ? name : `'${name}'`
    const elements = drawings[name].match(/<[^>]+>/g) ?? []
    if (elements.length === 1 && key.length + drawings[name].length + 5 <= 120) return `  ${key}: ${drawings[name]},`
    return `  ${key}: (\n    <>\n${elements.map((element) => `      ${wrapped(element)}\n`).join('')}    </>\n  ),`
  })
  return `/** The icons of the app, drawn from Lucide (https://lucide.dev, ISC licence). */
const drawings = {
${entries.join('\n')}
}

export type IconName = keyof typeof drawings

/** Decoration beside a text that says the same; it is silent for screen readers. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className="shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  )
}
`
}

function wrapped(element: string): string {
  if (element.length + 6 <= 120) return element
  const attributes =
    element
      .slice(1, -2)
      .trim()
      .match(/[\w-]+="[^"]*"|^\w+/g) ?? []
  if (attributes.length < 3) return element
  return `<${attributes[0]}\n${attributes
    .slice(1)
    .map((attribute) => `        ${attribute}\n`)
    .join('')}      />`
}
