/** An artifact that must exist has to come from somewhere: a task's files, or the tree the plans start from. */
import { plainPath } from '../schedule/waves.ts'
import type { PlanFinding, Rule } from './rule.ts'

export const checkArtifactOrigin: Rule = ({ plans, tree }) => {
  const made = new Set(plans.flatMap(({ plan }) => plan.tasks.flatMap((task) => task.files.map(plainPath))))
  const known = [...made, ...(tree ?? [])]
  return plans.flatMap(({ name, plan }) =>
    (plan.frontMatter.mustHaves?.artifacts ?? []).flatMap((artifact): PlanFinding[] => {
      const path = plainPath(artifact.path)
      if (made.has(path) || tree?.has(path) || /^\.planning\//.test(path)) return []
      if (path.endsWith('/') && known.some((file) => file.startsWith(path))) return []
      if (path.includes('*') && known.some((file) => globToExpression(path).test(file))) return []
      const isListed = plan.frontMatter.filesModified.some((file) => plainPath(file) === path)
      const message = `The artifact ${artifact.path} is in no task's files${tree ? ', and the tree does not hold it' : ''}.`
      const hint = isListed
        ? 'It is in files_modified: add it to the files of the task that writes it.'
        : 'Add it to the files of the task that creates it.'
      return [{ plan: name, severity: tree ? 'error' : 'warning', code: 'artifact-unmade', message, line: artifact.line, column: 1, hint }]
    }),
  )
}

/** `*` within a folder, `**` across folders. */
function globToExpression(glob: string): RegExp {
  const source = glob
    .slice(0, 300)
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*{2,}\/?|\*/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))
  return new RegExp(`^${source}$`)
}
