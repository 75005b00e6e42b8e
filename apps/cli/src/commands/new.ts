/** `slipway new`: the whole way from an idea to a preview and a zip, with a person's approval or with `--yes`. */
import {
  type Answer,
  type FeatureStatus,
  type FeatureView,
  isFinal,
  JOB,
  type Job,
  type LiveEvent,
  type Question,
  sayQueuePlace,
} from '@slipway/domain'
import type { Connection } from '../connect.ts'
import { downloadZip } from '../download.ts'
import { liveEvents } from '../live.ts'
import type { Terminal } from '../terminal.ts'

type Deps = Connection & { terminal: Terminal }

/** @returns the exit code: 0 when the build is ready, 1 when it is not, 2 when the person stopped at an approval */
export async function newApp(deps: Deps, options: { idea: string; yes: boolean; out: string; verbose: boolean }): Promise<number> {
  const { client, terminal } = deps
  const { feature } = await client.createProject({ idea: options.idea })
  const view = await client.getFeature({ id: feature.id })
  terminal.say(`${view.feature.title}: ${view.brief?.purpose ?? ''}`)
  if (!options.yes && view.questions.length) {
    const answers = await askQuestions(terminal, view.questions)
    if (answers.length) await client.sendMessage({ featureId: feature.id, answers })
  }

  const stop = new AbortController()
  const events = liveEvents(deps, { featureId: feature.id, after: view.eventId, signal: stop.signal })
  try {
    await client.confirmBrief({ id: feature.id })
    terminal.say('Writing the spec …', 'run')
    await reaches(events, 'spec_ready', 'drafting')
    tellSpec(terminal, await client.getFeature({ id: feature.id }))
    if (!(options.yes || (await agrees(terminal, 'Approve this spec?')))) return 2

    await client.approveSpec({ id: feature.id })
    terminal.say('Writing the plan …', 'run')
    await reaches(events, 'plan_ready', 'spec_ready')
    const planned = await client.getFeature({ id: feature.id })
    for (const plan of planned.plans) terminal.say(`  wave ${plan.wave}  ${plan.name}  ${plan.title}`)
    if (!(options.yes || (await agrees(terminal, 'Approve this plan and build?')))) return 2

    const { job } = await client.approvePlan({ id: feature.id })
    const ended = await followBuild(deps, events, job, options.verbose)
    return await tellEnd(deps, ended, options.out)
  } finally {
    stop.abort()
    await events.return(undefined)
  }
}

/** Reads on until the feature is `wanted`. @throws Error when it falls back to `fallback` */
async function reaches(events: AsyncGenerator<LiveEvent>, wanted: FeatureStatus, fallback: FeatureStatus): Promise<void> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const { body } = next.value
    if (body.type !== 'feature-changed') continue
    if (body.status === wanted) return
    if (body.status === fallback) throw new Error(`The feature went back to "${fallback.replaceAll('_', ' ')}". "slipway logs" tells more.`)
  }
}

async function followBuild(deps: Deps, events: AsyncGenerator<LiveEvent>, job: Job, isVerbose: boolean): Promise<Job> {
  const { terminal } = deps
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const { body } = next.value
    if (body.jobId !== job.id) continue
    if (body.type === 'job-log' && (isVerbose || body.stream === 'note'))
      terminal.write(`  ${body.text.trimEnd().replaceAll('\n', '\n  ')}\n`)
    if (body.type === 'check-changed' && body.check.status === 'passed') terminal.say(`${body.check.name}: ${body.check.summary}`, 'pass')
    if (body.type === 'check-changed' && body.check.status === 'failed') terminal.say(`${body.check.name}: ${body.check.summary}`, 'fail')
    if (body.type === 'queue-moved') terminal.say(`Waits for a free builder: ${sayQueuePlace(body.place)}`, 'run')
    if (body.type === 'preview-answers') terminal.say('The preview answers.', 'pass')
    if (body.type === 'job-changed') {
      if (isFinal(JOB, body.status)) break
      terminal.say(`Build: ${body.status}`, 'run')
    }
  }
  return deps.client.getJob({ id: job.id })
}

async function tellEnd(deps: Deps, job: Job, folder: string): Promise<number> {
  const { client, terminal } = deps
  if (job.status !== 'ready') {
    terminal.say(job.failure ?? `The build was ${job.status}.`, 'fail')
    if (job.debugId) terminal.say(`Look for ${job.debugId} in the log.`)
    return 1
  }
  const zip = await downloadZip(deps, { featureId: job.featureId, folder })
  const preview = await client.openPreview({ id: job.id })
  terminal.say(`${job.buildVersion} is ready.`, 'pass')
  terminal.say(`Feature  ${deps.url}/features/${job.featureId}`)
  terminal.say(`Preview  ${preview.url}`)
  terminal.say(`Zip      ${zip}`)
  return 0
}

function tellSpec(terminal: Terminal, view: FeatureView): void {
  const requirements = view.spec?.requirements ?? []
  terminal.say(`${requirements.length} requirements:`)
  for (const requirement of requirements) {
    const later = requirement.delivery === 'compiled' ? '' : `  (${requirement.delivery === 'model' ? 'needs a model key' : 'later'})`
    terminal.say(`  ${requirement.id}  ${requirement.title}${later}`)
  }
}

/** Enter takes the default, numbers choose options, anything else is an answer in the person's own words. */
async function askQuestions(terminal: Terminal, questions: readonly Question[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const question of questions) {
    terminal.say(question.text)
    question.options.forEach((option, index) => {
      terminal.say(`  ${index + 1}  ${option.label}${question.defaults.includes(option.value) ? '  (default)' : ''}`)
    })
    const said = await terminal.ask('Number, your own words, or Enter for the default:')
    if (said) answers.push({ questionId: question.id, values: chosenValues(question, said) })
  }
  return answers
}

/** `2` or `1, 3` choose by place; whatever is no place in the list is the person's own answer. */
export function chosenValues(question: Question, said: string): string[] {
  const parts = said.split(/[\s,]+/)
  const byPlace = parts.map((part) => (/^\d+$/.test(part) ? question.options[Number(part) - 1]?.value : undefined))
  const isAllPlaces = byPlace.every((value) => value !== undefined)
  return isAllPlaces ? byPlace.slice(0, question.isMultiple ? byPlace.length : 1) : [said]
}

async function agrees(terminal: Terminal, question: string): Promise<boolean> {
  return /^(y|yes)?$/i.test(await terminal.ask(`${question} [Y/n]`))
}
