/** Writing TypeScript that looks as if a formatter had passed over it. */

export const LINE_WIDTH = 120

/** A single-quoted literal; double quotes when that saves escaping, as formatters choose. */
export function quote(value: string): string {
  const body = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  const singles = value.split("'").length
  const doubles = value.split('"').length
  return singles > doubles ? `"${body.replaceAll('"', '\\"')}"` : `'${body.replaceAll("'", "\\'")}'`
}

/** An attribute in JSX: a plain string where JSX can hold it, an expression otherwise. */
export const attribute = (name: string, value: string) =>
  /["&{}<>\\\n\r]/.test(value) ? `${name}={${quote(value)}}` : `${name}="${value}"`

/** Text inside a template literal. */
export const inTemplate = (value: string) => value.replace(/[\\`]|\$\{/g, '\\$&')

/** Text between JSX tags, always as an expression when anything in it could be read as markup. */
export const jsxText = (value: string) => (/[{}<>&\\\n\r'"]|^\s|\s$/.test(value) ? `{${quote(value)}}` : value)

/** Text inside a block comment of one line. */
export const inComment = (value: string) => value.replaceAll('*/', '* /').replace(/\s+/g, ' ')

export const inHtml = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const indent = (text: string, columns = 2) => text.replace(/^(?=.)/gm, ' '.repeat(columns))

/**
 * Items on one line when they fit, else one per line with a trailing comma.
 * @param column what stands before `open` on its line, plus the indentation, in characters
 * @param after what follows `close` on its line, in characters
 */
export function wrap(open: string, items: readonly string[], close: string, column = 0, after = 0): string {
  const space = open.endsWith('{') ? ' ' : ''
  const flat = items.length === 0 ? open + close : `${open}${space}${items.join(', ')}${space}${close}`
  if (!flat.includes('\n') && column + flat.length + after <= LINE_WIDTH) return flat
  return `${open}\n${items.map((item) => `${indent(item)},\n`).join('')}${close}`
}

/** An element's opening with its attributes, on one line when they fit. */
export function tag(name: string, attributes: readonly (string | false | undefined)[], column: number, isClosed = true, after = 0): string {
  const given = attributes.filter((one) => typeof one === 'string' && one !== '')
  const flat = `<${[name, ...given].join(' ')}${isClosed ? ' />' : '>'}`
  if (!flat.includes('\n') && column + flat.length + after <= LINE_WIDTH) return flat
  return `<${name}\n${given.map((one) => `${indent(one as string)}\n`).join('')}${isClosed ? '/>' : '>'}`
}

/** The imports of a file, gathered while its body is written. */
export function importList() {
  const modules = new Map<string, Set<string>>()
  const add = (module: string, name: string) => {
    const names = modules.get(module) ?? new Set()
    modules.set(module, names.add(name))
    return name.replace(/^type /, '')
  }
  const bare = (name: string) => name.replace(/^type /, '')
  const rank = (module: string) => (module.startsWith('../') ? 2 : module.startsWith('./') ? 3 : 1)
  return {
    /** Asks for a name (`type Name` for a type) and returns it as it is used. */
    add,
    print(): string {
      return [...modules]
        .sort(([a], [b]) => rank(a) - rank(b) || depth(b) - depth(a) || (a < b ? -1 : 1))
        .map(([module, names]) => {
          const sorted = [...names]
            .filter((name) => !name.startsWith('type ') || !names.has(bare(name)))
            .sort((a, b) => compare(bare(a), bare(b)))
          const isType = sorted.every((name) => name.startsWith('type '))
          return wrap(`import${isType ? ' type' : ''} {`, isType ? sorted.map(bare) : sorted, `} from '${module}'`)
        })
        .join('\n')
    },
  }
}

const depth = (module: string) => module.split('../').length
const compare = (a: string, b: string) => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : 1
}

export type Imports = ReturnType<typeof importList>

/** A module: what it is for, its imports, its body. */
export const moduleText = (purpose: string, imports: Imports, body: string) =>
  [`/** ${inComment(purpose)} */`, ...[imports.print()].filter(Boolean)].join('\n') + `\n\n${body.trim()}\n`
