/** Phase 8: the few lines of React that keep what clicks and time have made of a component, or lead on to another page. */
import type { Changing } from '../componentise/changing.ts'
import { columnsOf } from './columns.ts'
import { entryLines } from './entries.ts'
import { stringLiteral } from './escape.ts'

/** Names inside a component that keeps a state, beside its props: what it begins with, and what moves it. */
export const STATE_NAMES = { first: 'initial', move: 'change' } as const
export const NEXT_TYPE = 'Next'

const TABLES = { click: 'AFTER_CLICK', time: 'AFTER_TIME' } as const
const DELAYS = 'DELAYS_MS'

/** What a click does, as the value of an attribute. */
export const clickCode = (prop: string): string => `() => ${STATE_NAMES.move}(${TABLES.click}[${prop}])`

/** `const AFTER_CLICK: Record<Active, Active> = { … };` */
export function movesTables({ axis: { values, type }, moves }: Changing): readonly string[] {
  const all = [...new Set(values)].toSorted()
  const record = `Record<${type}, ${type}>`
  const longest = `const ${TABLES.click}: ${record} = {`
  const alias = `type ${NEXT_TYPE} = ${record};`
  const isLong = columnsOf(longest) > 80
  const table = (name: string, kind: string, codeOf: (value: string) => string) =>
    [`const ${name}: ${kind} = {`, ...all.flatMap((value) => entryLines(value, codeOf(value), '  ')), '};'].join('\n')
  return [
    ...(isLong ? [columnsOf(alias) <= 80 ? alias : `type ${NEXT_TYPE} = Record<\n  ${type},\n  ${type}\n>;`] : []),
    ...moves.flatMap(({ trigger, next, delaysMs }) => [
      table(TABLES[trigger], isLong ? NEXT_TYPE : record, (value) => stringLiteral(next.get(value) ?? value)),
      ...(trigger === 'time' ? [table(DELAYS, `Record<${type}, number>`, (value) => `${delaysMs.get(value) ?? 0}`)] : []),
    ]),
  ]
}

function timerLines(work: string, delay: string): readonly string[] {
  const line = `    const timer = setTimeout(${work}, ${delay});`
  const lines = columnsOf(line) <= 80 ? [line] : ['    const timer = setTimeout(', `      ${work},`, `      ${delay},`, '    );']
  return ['  useEffect(() => {', ...lines, '    return () => clearTimeout(timer);']
}

/** The state, and what time does to it. */
export function stateLines({ axis: { prop }, moves }: Changing): readonly string[] {
  const { first, move } = STATE_NAMES
  const isTimed = moves.some(({ trigger }) => trigger === 'time')
  return [
    `  const [${prop}, ${move}] = useState(${first});`,
    ...(isTimed ? [...timerLines(`() => ${move}(${TABLES.time}[${prop}])`, `${DELAYS}[${prop}]`), `  }, [${prop}]);`] : []),
  ]
}

export const hooksOf = ({ moves }: Changing): readonly string[] =>
  moves.some(({ trigger }) => trigger === 'time') ? ['useEffect', 'useState'] : ['useState']

/** What a page does by itself after a while: it leads to another. */
export const pageTimer = (href: string, delayMs: number): readonly string[] => [
  ...timerLines(`() => location.assign(${stringLiteral(href)})`, `${delayMs}`),
  '  }, []);',
]
