/** The backlog of a feature as a page shows it, and as a file that other tools read. */
import { type BacklogFile, exportBacklog } from '@slipway/agents'
import { type BacklogFormat, type BacklogView, coverageOf, type EpicView, type Evidence } from '@slipway/domain'
import { parsePlan } from '@slipway/plan'
import type { Stores } from '@slipway/storage'

/** Read in one transaction, so that the event id and what it stands for agree. @throws NOT_FOUND */
export async function backlogView(stores: Stores, featureId: string): Promise<BacklogView> {
  const eventId = await stores.events.newest()
  const feature = await stores.features.get(featureId)
  const noted = await stores.specs.get(featureId)
  const epics = await stores.backlog.tree(featureId)
  const plans = (await stores.plans.list(featureId)).map(({ name, source }) => ({
    name,
    requirements: parsePlan(source).plan.frontMatter.requirements,
  }))
  const proved = provedBy(await stores.evidence.list({ featureId }))
  return {
    eventId,
    featureId,
    projectId: feature.projectId,
    product: noted?.spec.blueprint.appName ?? (await stores.projects.get(feature.projectId)).name,
    hasSpec: noted !== undefined,
    epics,
    cards: await stores.cards.list(feature.projectId),
    runs: await stores.runs.newest(featureId),
    coverage: coverageOf(noted?.spec.requirements ?? [], live(epics), plans, proved),
  }
}

/** What the newest build that was looked at satisfies, and nothing of it violates. */
function provedBy(evidence: readonly Evidence[]): Set<string> {
  const newest = evidence.findLast(({ jobId }) => jobId !== null)?.jobId
  const rows = evidence.filter(({ jobId, requirement }) => jobId === newest && requirement !== null)
  const verdicts = Map.groupBy(rows, ({ requirement }) => requirement as string)
  return new Set(
    [...verdicts].flatMap(([requirement, own]) =>
      own.some(({ verdict }) => verdict === 'satisfied') && own.every(({ verdict }) => verdict !== 'violated') ? [requirement] : [],
    ),
  )
}

/** Without what is archived. */
const live = (epics: readonly EpicView[]): EpicView[] =>
  epics
    .filter(({ archivedAt }) => !archivedAt)
    .map((epic) => ({
      ...epic,
      stories: epic.stories
        .filter(({ archivedAt }) => !archivedAt)
        .map((story) => ({ ...story, subtasks: story.subtasks.filter(({ archivedAt }) => !archivedAt) })),
    }))

/** What is archived is left out. */
export function backlogFile({ product, epics }: Pick<BacklogView, 'product' | 'epics'>, format: BacklogFormat): BacklogFile {
  const item = <T extends Pick<EpicView, 'code' | 'key' | 'title' | 'description' | 'effort' | 'criteria' | 'dependsOn'>>(one: T) => {
    const { code, key, title, description, effort, criteria, dependsOn } = one
    return { code, key, title, description, effort, criteria, dependsOn }
  }
  const tree = live(epics).map((epic) => ({
    ...item(epic),
    requirements: epic.requirements,
    stories: epic.stories.map((story) => ({ ...item(story), requirement: story.requirement, subtasks: story.subtasks.map(item) })),
  }))
  return exportBacklog({ version: 1, product, epics: tree }, format)
}
