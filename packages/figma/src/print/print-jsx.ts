/** Phase 8: JSX trees → text, broken into lines as prettier breaks them at 80 columns. */
import { columnsOf } from './columns.ts'
import { escapeAttribute, stringLiteral } from './escape.ts'
import { codeProp, type Jsx, type JsxList, type JsxPrinting, type JsxProp, type JsxTag, type JsxWrap, stringProp } from './jsx.ts'

const COLUMNS = 80

function attributeText(text: string): string {
  if (/[\\\n\r\t\u2028\u2029]/.test(text)) return `{${stringLiteral(text)}}`
  const isSingle = text.split('"').length > text.split("'").length
  if (isSingle) return `'${escapeAttribute(text).replaceAll('&quot;', '"').replaceAll("'", '&apos;')}'`
  return `"${escapeAttribute(text)}"`
}

function propText({ name, value }: JsxProp, printing: JsxPrinting): string {
  if (value.kind === 'true') return name
  if (name.startsWith('...')) return `{${name}}`
  if (value.kind === 'tag') return `${name}={${flatTag(value.tag, printing) ?? ''}}`
  return value.kind === 'string' ? `${name}=${attributeText(value.text)}` : `${name}={${value.code}}`
}

/** The attributes of an element, with the ids of its layers when they are asked for. */
function propsOf(tag: JsxTag, printing: JsxPrinting): readonly JsxProp[] {
  if (!printing.nodeIds) return tag.props
  const { idsFrom, nodeIds, nodeId } = tag
  if (idsFrom && nodeIds) return [...tag.props, codeProp('nodeIds', `nodeIds.slice(${idsFrom.offset}, ${idsFrom.offset + idsFrom.count})`)]
  if (idsFrom) return [...tag.props, codeProp('data-node-id', `nodeIds[${idsFrom.offset}]`)]
  if (nodeIds) return nodeIds.length ? [...tag.props, codeProp('nodeIds', `[${nodeIds.map(stringLiteral).join(', ')}]`)] : tag.props
  return nodeId === undefined ? tag.props : [...tag.props, stringProp('data-node-id', nodeId)]
}

/** Text that JSX shows as it is written: no spaces at its ends or doubled, nothing that JSX reads as markup. */
const isPlain = (text: string): boolean =>
  /\S/.test(text) && !/^[ \t]|[ \t]$|[ \t]{2}|[\n\r\t{}<>&\u2028\u2029\u00a0]/.test(text) && text.isWellFormed()

const textCode = (text: string): string => `{${stringLiteral(text)}}`

/** A child as one line, or nothing when it never fits on one. */
function flatChild(child: Jsx, printing: JsxPrinting, isOnly: boolean): string | undefined {
  if (child.kind === 'text') return isOnly && (isPlain(child.text) || child.text === ' ') ? child.text : textCode(child.text)
  if (child.kind === 'code') return `{${child.code}}`
  if (child.kind === 'wrap' || child.kind === 'list') return undefined
  return flatTag(child, printing)
}

const openText = (tag: JsxTag, props: readonly JsxProp[], printing: JsxPrinting): string =>
  `<${[tag.name, ...props.map((prop) => propText(prop, printing))].join(' ')}`

const isStyled = (props: readonly JsxProp[], printing: JsxPrinting) =>
  props.some(
    ({ value }) =>
      (value.kind === 'code' && value.code.includes('\n')) || (value.kind === 'tag' && flatTag(value.tag, printing) === undefined),
  )

function flatTag(tag: JsxTag, printing: JsxPrinting): string | undefined {
  const props = propsOf(tag, printing)
  if (isStyled(props, printing)) return undefined
  const open = openText(tag, props, printing)
  if (tag.children.length === 0) return `${open} />`
  const [only] = tag.children
  if (tag.children.length > 1 || !only) return undefined
  if (only.kind === 'tag') return undefined
  const inner = flatChild(only, printing, true)
  return inner === undefined ? undefined : `${open}>${inner}</${tag.name}>`
}

function openLines(tag: JsxTag, props: readonly JsxProp[], indent: string, end: '>' | '/>', printing: JsxPrinting, out: string[]): void {
  const flat = `${openText(tag, props, printing)}${end === '/>' ? ' />' : '>'}`
  const [only] = props
  const isLongText = props.length === 1 && only?.value.kind === 'string'
  if ((!isStyled(props, printing) && columnsOf(indent + flat) <= COLUMNS) || isLongText || props.length === 0) {
    out.push(indent + flat)
    return
  }
  out.push(`${indent}<${tag.name}`)
  for (const prop of props) out.push(...propLines(prop, `${indent}  `, printing))
  out.push(`${indent}${end}`)
}

function propLines(prop: JsxProp, indent: string, printing: JsxPrinting): readonly string[] {
  if (prop.value.kind === 'tag') {
    const only = flatTag(prop.value.tag, printing)
    const line = `${indent}${prop.name}={${only}}`
    if (only !== undefined && columnsOf(line) <= COLUMNS) return [line]
    const out: string[] = []
    printTag(prop.value.tag, `${indent}  `, printing, out)
    return [`${indent}${prop.name}={`, ...out, `${indent}}`]
  }
  const flat = propText(prop, printing)
  if (prop.value.kind !== 'code' || columnsOf(indent + flat) <= COLUMNS) return [indent + flat]
  const { code } = prop.value
  if (code.startsWith('`')) return [indent + flat]
  if (/^\{ .* \}$/s.test(code))
    return [`${indent}${prop.name}={{`, ...splitPairs(code.slice(2, -2)).flatMap((pair) => pairLines(pair, `${indent}  `)), `${indent}}}`]
  if (/^\[.*\]$/s.test(code))
    return [`${indent}${prop.name}={[`, ...splitPairs(code.slice(1, -1)).map((item) => `${indent}  ${item},`), `${indent}]}`]
  return [`${indent}${prop.name}={`, `${indent}  ${code}`, `${indent}}`]
}

function pairLines(pair: string, indent: string): readonly string[] {
  const [, key = '', value = ''] = /^(\w+): (["'].*)$/s.exec(pair) ?? []
  return key && columnsOf(`${indent}${pair},`) > COLUMNS ? [`${indent}${key}:`, `${indent}  ${value},`] : [`${indent}${pair},`]
}

/** The pairs of an object literal printed on one line: what stands between commas outside of quotes. */
const splitPairs = (code: string): readonly string[] =>
  (code.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^,"'])+/g) ?? []).map((pair) => pair.trim())

/** Words of running text, as many on a line as fit. */
function fillText(text: string, indent: string, out: string[]): void {
  let line = ''
  for (const word of text.split(/[ \n\r\t]+/)) {
    const longer = line ? `${line} ${word}` : word
    if (line && columnsOf(indent + longer) > COLUMNS) {
      out.push(indent + line)
      line = word
    } else line = longer
  }
  if (line) out.push(indent + line)
}

/** Code in braces: on one line, or the code on a line of its own. */
function bracedLines(code: string, indent: string): readonly string[] {
  const flat = `${indent}{${code}}`
  return columnsOf(flat) <= COLUMNS ? [flat] : [`${indent}{`, `${indent}  ${code}`, `${indent}}`]
}

function printWrap({ before, inner, after, isBroken }: JsxWrap, indent: string, printing: JsxPrinting, out: string[]): void {
  const flat = isBroken ? undefined : flatTag(inner, printing)
  const line = `${indent}{${before}${flat}${after}}`
  if (flat !== undefined && columnsOf(line) <= COLUMNS) {
    out.push(line)
    return
  }
  out.push(`${indent}{${before}(`)
  printTag(inner, `${indent}  `, printing, out)
  out.push(`${indent})${after}}`)
}

function printList(list: JsxList, indent: string, printing: JsxPrinting, out: string[]): void {
  const { component, name, item, key } = list
  const use = {
    kind: 'tag',
    name: component,
    props: [codeProp('key', key ? `${item}.${key}` : 'index'), codeProp(`...${item}`, '')],
    children: [],
  } as const
  out.push(`${indent}{${name}.map((${key ? item : `${item}, index`}) => (`)
  printTag(use, `${indent}  `, printing, out)
  out.push(`${indent}))}`)
}

const SPACE = '{" "}'

function printChild(child: Jsx, indent: string, printing: JsxPrinting, isOnly: boolean, out: string[]): void {
  if (child.kind === 'text') {
    const before = out.at(-1) ?? ''
    if (isOnly && isPlain(child.text)) fillText(child.text, indent, out)
    else if (
      child.text === ' ' &&
      before.startsWith(`${indent}<`) &&
      /(<\/[\w.]+|\/)>$/.test(before) &&
      columnsOf(before + SPACE) <= COLUMNS
    )
      out.splice(-1, 1, before + SPACE)
    else out.push(...bracedLines(stringLiteral(child.text), indent))
  } else if (child.kind === 'code') out.push(...bracedLines(child.code, indent))
  else if (child.kind === 'wrap') printWrap(child, indent, printing, out)
  else if (child.kind === 'list') printList(child, indent, printing, out)
  else printTag(child, indent, printing, out)
}

export function printTag(tag: JsxTag, indent: string, printing: JsxPrinting, out: string[]): void {
  const flat = flatTag(tag, printing)
  if (flat !== undefined && columnsOf(indent + flat) <= COLUMNS) {
    out.push(indent + flat)
    return
  }
  const props = propsOf(tag, printing)
  if (tag.children.length === 0) {
    openLines(tag, props, indent, '/>', printing, out)
    return
  }
  openLines(tag, props, indent, '>', printing, out)
  for (const child of tag.children) printChild(child, `${indent}  `, printing, tag.children.length === 1, out)
  out.push(`${indent}</${tag.name}>`)
}
