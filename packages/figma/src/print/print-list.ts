/** Phase 8: the data of a list as a constant of the module, and the list itself. */

import { columnsOf } from './columns.ts'
import { entryLines } from './entries.ts'
import { stringLiteral } from './escape.ts'
import type { Jsx, JsxList, JsxPrinting, JsxTag } from './jsx.ts'

type Entry = readonly [string, string]

const entriesOf = (item: JsxTag, printing: JsxPrinting): readonly Entry[] => [
  ...item.props.map(({ name, value }): Entry => [name, value.kind === 'string' ? stringLiteral(value.text) : 'true']),
  ...(printing.nodeIds && item.nodeIds?.length ? [['nodeIds', `[${item.nodeIds.map(stringLiteral).join(', ')}]`] as const] : []),
]

function rowLines(entries: readonly Entry[], indent: string): readonly string[] {
  const flat = `${indent}{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} },`
  if (columnsOf(flat) <= 80) return [flat]
  const inner = entries.flatMap(([key, value]) => {
    const line = `${indent}  ${key}: ${value},`
    if (key !== 'nodeIds' || columnsOf(line) <= 80) return entryLines(key, value, `${indent}  `)
    return [
      `${indent}  ${key}: [`,
      ...value
        .slice(1, -1)
        .split(', ')
        .map((id) => `${indent}    ${id},`),
      `${indent}  ],`,
    ]
  })
  return [`${indent}{`, ...inner, `${indent}},`]
}

/** `const cards: CardProps[] = [ … ];` */
export function listConstant(list: JsxList, printing: JsxPrinting): string {
  const rows = list.items.map((item) => entriesOf(item, printing))
  const head = `const ${list.name}: ${list.component}Props[] = [`
  const flat = `${head}${rows.map((row) => `{ ${row.map(([key, value]) => `${key}: ${value}`).join(', ')} }`).join(', ')}];`
  if (columnsOf(flat) <= 80 && !rows.every((row) => row.length > 1)) return flat
  return `${head}\n${rows.flatMap((row) => rowLines(row, '  ')).join('\n')}\n];`
}

/** The lists of a tree, in the order in which they stand. */
export function listsOf(tag: JsxTag): readonly JsxList[] {
  const visit = (child: Jsx): readonly JsxList[] => (child.kind === 'list' ? [child] : child.kind === 'tag' ? listsOf(child) : [])
  return tag.children.flatMap(visit)
}
