/** What a parser tells of one JavaScript or TypeScript module; the parser itself is given from outside. */
import type { Span } from '../plan.ts'

export interface ImportedName {
  /** `default`, `*`, or the name it has in the other module. */
  readonly imported: string
  readonly local: string
  /** Whether the module refers to it anywhere outside of its import. */
  readonly isUsed: boolean
}

export interface ModuleImport extends Span {
  readonly specifier: string
  readonly kind: 'static' | 'dynamic' | 'require' | 're-export'
  /** Empty for `import './side-effect'`, and where all names are taken at once. */
  readonly names: readonly ImportedName[]
}

export interface ModuleExport {
  /** `default`, a name, or `*` for everything of another module. */
  readonly name: string
  /** The name that is declared in this module, when it is another one. */
  readonly local: string
  /** The module it is passed on from. */
  readonly from: string | null
  readonly at: number
}

export interface Declaration extends Span {
  readonly name: string
  /** Why its body does nothing; null when it does something. */
  readonly stub: 'hollow' | 'unwritten' | null
}

export interface ModuleFacts {
  readonly imports: readonly ModuleImport[]
  readonly exports: readonly ModuleExport[]
  /** Functions, classes, variables and types at any depth, by name. */
  readonly declarations: ReadonlyMap<string, Declaration>
  /** Keys of objects, methods and fields of classes, members of types: name to offset. */
  readonly members: ReadonlyMap<string, number>
  /** Names that are referred to and declared nowhere in the module. */
  readonly freeNames: ReadonlySet<string>
  readonly comments: readonly Span[]
  /** Contents of strings, template parts and JSX text. */
  readonly strings: readonly Span[]
}

/** Null when the text is no module that can be read; then text rules take over. Must not throw. */
export type ParseModule = (path: string, text: string) => ModuleFacts | null
