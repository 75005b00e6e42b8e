/** Writes a canonical plan document from typed values. */
import { stringify } from 'yaml'
import { encodeEntities, escapeTags } from './escape-tags.ts'
import { parsePlan } from './parse.ts'
import type { Plan } from './plan.ts'
import type { PlanValues, TaskValues } from './plan-values.ts'
import { trimBlock } from './read-task.ts'

/** `valuesOf(makePlan(values))` gives the values back, trimmed. */
export function makePlan(values: PlanValues): Plan {
  return parsePlan(`${frontMatter(values)}\n${body(values)}`).plan
}

function frontMatter(values: PlanValues): string {
  const { mustHaves } = values
  const fields = {
    phase: values.phase,
    plan: values.plan,
    type: values.type,
    wave: values.wave,
    depends_on: values.dependsOn,
    files_modified: values.filesModified,
    autonomous: values.autonomous,
    requirements: values.requirements,
    must_haves: {
      truths: mustHaves.truths,
      artifacts: mustHaves.artifacts.map(({ path, provides, contains, exports, minLines }) => ({
        path,
        ...(provides && { provides }),
        ...(contains?.length && { contains: contains.length === 1 ? contains[0] : contains }),
        ...(exports?.length && { exports }),
        ...(minLines !== undefined && { min_lines: minLines }),
      })),
      key_links: mustHaves.keyLinks.map(({ from, to, via, pattern }) => ({ from, to, ...(via && { via }), ...(pattern && { pattern }) })),
      ...(mustHaves.prohibitions.length && { prohibitions: mustHaves.prohibitions }),
    },
  }
  return `---\n${stringify(fields, { lineWidth: 0, aliasDuplicateObjects: false })}---\n`
}

function body(values: PlanValues): string {
  const bullets = (items: readonly string[], mark: string) => items.map((item) => `${mark} ${oneLine(item)}`).join('\n')
  return [
    element('objective', values.objective),
    values.context.length ? element('context', values.context.join('\n')) : '',
    `<tasks>\n\n${values.tasks.map(taskText).join('\n\n')}\n\n</tasks>`,
    values.verification.length ? element('verification', bullets(values.verification, '- [ ]')) : '',
    values.successCriteria.length ? element('success_criteria', bullets(values.successCriteria, '-')) : '',
    values.output ? element('output', values.output) : '',
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

function taskText(task: TaskValues): string {
  const { automated, prose } = task.verify
  const verify = [
    automated ? `<automated>${encodeEntities(automated.trim())}</automated>` : '',
    prose ? escapeTags(closeFences(trimBlock(prose))) : '',
  ].filter(Boolean)
  const lines = [
    `<task type="${task.type.replaceAll('"', '')}"${task.behavior ? ' tdd="true"' : ''}>`,
    `<name>${escapeTags(oneLine(task.name))}</name>`,
    task.files.length ? `<files>${escapeTags(task.files.join(', '))}</files>` : '',
    ...Object.entries(task.others ?? {}).map(([name, text]) => element(name, text)),
    task.behavior ? element('behavior', task.behavior) : '',
    task.action ? element('action', task.action) : '',
    verify.length ? `<verify>\n${verify.join('\n')}\n</verify>` : '',
    task.acceptanceCriteria.length
      ? `<acceptance_criteria>\n${escapeTags(task.acceptanceCriteria.map((item) => `- ${oneLine(item)}`).join('\n'))}\n</acceptance_criteria>`
      : '',
    task.done ? element('done', task.done) : '',
    '</task>',
  ]
  return lines.filter(Boolean).join('\n')
}

function element(name: string, text: string): string {
  const content = escapeTags(closeFences(trimBlock(text)))
  return content.includes('\n') || name.length > 14 || content.length > 100
    ? `<${name}>\n${content}\n</${name}>`
    : `<${name}>${content}</${name}>`
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** A fence that the text leaves open would swallow the closing tag. */
function closeFences(text: string): string {
  let open = ''
  for (const line of text.split('\n')) {
    const marks = /^\s*(?:[-*+]\s+|\d+[.)]\s+|>\s*)*(`{3,}|~{3,})([^`]*)$/.exec(line.slice(0, 400))
    if (!marks) continue
    const mark = marks[1] as string
    if (!open) open = mark
    else if (mark[0] === open[0] && mark.length >= open.length && !marks[2]?.trim()) open = ''
  }
  return open ? `${text}\n${open}` : text
}
