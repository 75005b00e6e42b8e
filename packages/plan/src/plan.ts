/** The tree of a plan document: typed fields and blocks, every one with its place in the source it was read from. */

/** Offsets into the source, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** An element of the body: `<name attribute="…">content</name>`. Its content is Markdown, never XML. */
export interface Block {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly span: Span
  readonly content: Span
  /** Line of the opening tag, from 1. */
  readonly line: number
  readonly isClosed: boolean
  readonly children: readonly Block[]
}

/** A value of the front matter with the line (from 1) it stands on. */
export interface Truth {
  readonly text: string
  readonly line: number
}

export interface Artifact {
  readonly path: string
  readonly provides: string
  /** Each must be found; a literal, literals joined by `|`, or a regular expression. */
  readonly contains: readonly string[]
  readonly exports: readonly string[]
  readonly minLines: number | null
  readonly line: number
}

export interface KeyLink {
  readonly from: string
  readonly to: string
  readonly via: string
  readonly pattern: string
  readonly line: number
}

export interface MustHaves {
  readonly truths: readonly Truth[]
  readonly artifacts: readonly Artifact[]
  readonly keyLinks: readonly KeyLink[]
  readonly prohibitions: readonly Truth[]
}

/** One key of the front matter: the lines (from 1, inclusive) it takes, and its value as plain data. */
export interface Field {
  readonly key: string
  readonly firstLine: number
  readonly lastLine: number
  readonly value: unknown
}

export interface FrontMatter {
  /** The lines of the two fences (from 1), or null when the document has none. */
  readonly fences: { readonly open: number; readonly close: number } | null
  readonly fields: readonly Field[]
  readonly phase: string
  /** As written: `01` stays `01`. */
  readonly plan: string
  readonly type: string
  readonly wave: number | null
  readonly dependsOn: readonly string[]
  readonly filesModified: readonly string[]
  readonly autonomous: boolean | null
  readonly requirements: readonly string[]
  readonly gapClosure: boolean
  readonly userSetup: readonly unknown[]
  /** Null when the field is absent, which is another thing than empty. */
  readonly mustHaves: MustHaves | null
}

export interface Verify {
  /** Commands, decoded and trimmed, in order. */
  readonly automated: readonly string[]
  /** What is left when the commands are taken out. */
  readonly prose: string
  readonly line: number
}

export interface Task {
  readonly block: Block
  /** `auto`, `checkpoint:human-verify`, …; an absent type reads as `auto`. */
  readonly type: string
  readonly name: string
  readonly files: readonly string[]
  readonly readFirst: readonly string[]
  readonly action: string
  readonly verify: Verify | null
  readonly acceptanceCriteria: readonly string[]
  readonly behavior: string
  readonly done: string
  readonly line: number
  /** Every element by its name, trimmed: also those of checkpoints (`what-built`, `resume-signal`, …). */
  readonly elements: Readonly<Record<string, string>>
}

export interface Plan {
  readonly source: string
  readonly frontMatter: FrontMatter
  /** The blocks outside of tasks, in order: `objective`, `context`, `tasks`, … */
  readonly sections: readonly Block[]
  readonly tasks: readonly Task[]
}

/** The trimmed text of the first section of that name, or an empty string. */
export function sectionText(plan: Plan, name: string): string {
  const section = plan.sections.find((block) => block.name === name)
  return section ? plan.source.slice(section.content.start, section.content.end).trim() : ''
}
