/** Phase 8: a component's module: its props, its tables, its body. */
import type { Component } from '../componentise/extract.ts'
import type { Table } from '../componentise/name-props.ts'
import { pascal } from '../resolve/names.ts'
import { columnsOf } from './columns.ts'
import { entryLines } from './entries.ts'
import { stringLiteral } from './escape.ts'
import type { Jsx, JsxPrinting, JsxTag } from './jsx.ts'
import { printTag } from './print-jsx.ts'
import { hooksOf, movesTables, STATE_NAMES, stateLines } from './print-state.ts'

function tableLines({ name, keyType, valueType, rows }: Table): readonly string[] {
  const said = `const ${name}: Record<${keyType}, ${valueType}> = {`
  // A type too long for the line gets a name of its own.
  const alias = pascal(name, 'Table')
  const aliases = [
    ...(keyType.startsWith('`') ? [`type ${alias}Key = ${keyType};`] : []),
    ...(valueType.includes('[') ? [`type ${alias}Row = ${valueType};`] : []),
  ]
  const key = keyType.startsWith('`') ? `${alias}Key` : keyType
  const short = `const ${name}: Record<${key}, ${valueType.includes('[') ? `${alias}Row` : valueType}> = {`
  const lines = columnsOf(said) > 80 ? [...aliases, '', short] : [said]
  return [
    ...lines,
    ...rows.flatMap(([key, value]) => entryLines(key, typeof value === 'string' ? stringLiteral(value) : `${value}`, '  ')),
    '};',
  ]
}

function unionLines(name: string, values: readonly string[]): readonly string[] {
  const literals = [...new Set(values)].toSorted().map(stringLiteral)
  const flat = `type ${name} = ${literals.join(' | ')};`
  const below = `  ${literals.join(' | ')};`
  if (columnsOf(flat) > 80 && columnsOf(below) <= 80) return [`type ${name} =`, below]
  return columnsOf(flat) <= 80
    ? [flat]
    : [`type ${name} =`, ...literals.map((literal, index) => `  | ${literal}${index === literals.length - 1 ? ';' : ''}`)]
}

/** Names of components that a tree uses. */
export function usedComponents(tag: JsxTag, used: Set<string> = new Set()): ReadonlySet<string> {
  if (/^[A-Z]/.test(tag.name)) used.add(tag.name)
  for (const { value } of tag.props) if (value.kind === 'tag') usedComponents(value.tag, used)
  const visit = (child: Jsx) => {
    if (child.kind === 'tag') usedComponents(child, used)
    else if (child.kind === 'wrap') usedComponents(child.inner, used)
    else if (child.kind === 'list') used.add(child.component)
  }
  tag.children.forEach(visit)
  return used
}

/** The import of a component, with the type of its props where that is named. */
export function importLine(name: string, from: string, isTyped: boolean): string {
  const names = isTyped ? [name, `type ${name}Props`] : [name]
  const flat = `import { ${names.join(', ')} } from ${stringLiteral(from)};`
  return names.length === 1 || columnsOf(flat) <= 80
    ? flat
    : `import {\n${names.map((each) => `  ${each},\n`).join('')}} from ${stringLiteral(from)};`
}

interface Parameter {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
  readonly fallback: string
}

function parametersOf(component: Component, printing: JsxPrinting): readonly Parameter[] {
  const { axes, props } = component.props
  const ids: Parameter[] =
    printing.nodeIds && component.hasIds ? [{ name: 'nodeIds', type: 'readonly string[]', isOptional: false, fallback: '' }] : []
  const variants = axes.map(({ prop, type, rest }) => ({
    name: prop,
    type,
    isOptional: rest !== '',
    fallback: rest && stringLiteral(rest),
  }))
  return [...variants, ...props, ...ids]
}

function signature(component: Component, parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return `export function ${component.name}() {`
  const kept = component.props.changing?.axis.prop
  const names = parameters.map(({ name, fallback }) => {
    const taken = name === kept ? `${name}: ${STATE_NAMES.first}` : name
    return fallback ? `${taken} = ${fallback}` : taken
  })
  const flat = `export function ${component.name}({ ${names.join(', ')} }: ${component.name}Props) {`
  return columnsOf(flat) <= 80
    ? flat
    : `export function ${component.name}({\n${names.map((name) => `  ${name},\n`).join('')}}: ${component.name}Props) {`
}

export function returnLines(body: JsxTag, printing: JsxPrinting): string {
  const out: string[] = []
  printTag(body, '    ', printing, out)
  const [only] = out
  const short = `  return ${only?.trim()};`
  return out.length === 1 && columnsOf(short) <= 80 ? short : `  return (\n${out.join('\n')}\n  );`
}

function reactImport(hasSlots: boolean, hooks: readonly string[]): readonly string[] {
  if (hooks.length === 0) return hasSlots ? ['import type { ReactNode } from "react";'] : []
  return [`import { ${[...(hasSlots ? ['type ReactNode'] : []), ...hooks].join(', ')} } from "react";`]
}

export function printComponent(component: Component, printing: JsxPrinting, fileOf: ReadonlyMap<string, string>): string {
  const parameters = parametersOf(component, printing)
  const hasSlots = component.props.props.some(({ type }) => type === 'ReactNode')
  const { changing } = component.props
  const { props, tables: rowsBy } = component.props
  const types = [...props.map(({ type }) => type), ...rowsBy.map(({ valueType }) => valueType)]
  const isTyped = (name: string) => types.some((type) => type.startsWith(`${name}Props[`))
  const imports = [
    ...reactImport(hasSlots, changing ? hooksOf(changing) : []),
    ...[...usedComponents(component.body)].toSorted().map((name) => importLine(name, `./${fileOf.get(name)}`, isTyped(name))),
  ]
  const unions = component.props.axes.flatMap(({ type, values }) => unionLines(type, values))
  const shape = parameters.length
    ? [
        `export interface ${component.name}Props {`,
        ...parameters.map(
          ({ name, type, isOptional }) =>
            `  ${name}${isOptional ? '?' : ''}: ${type}${isOptional && type !== 'boolean' ? ' | undefined' : ''};`,
        ),
        '}',
      ]
    : []
  const tables = [...component.props.tables.map((table) => tableLines(table).join('\n')), ...(changing ? movesTables(changing) : [])]
  const state = changing ? `${stateLines(changing).join('\n')}\n\n` : ''
  const body = `${signature(component, parameters)}\n${state}${returnLines(component.body, printing)}\n}`
  return `${[imports.join('\n'), unions.join('\n'), shape.join('\n'), ...tables, body].filter(Boolean).join('\n\n')}\n`
}
