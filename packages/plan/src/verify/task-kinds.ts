/** What a task says of itself in its name: that it takes away, only looks, or changes something only where that is needed. */
import type { Task } from '../plan.ts'

const LEAD = '^(?:task\\s+[\\d.]+\\s*[:.–-]\\s*)?(?:\\w+ly\\s+)?'
const REMOVAL = /\b(?:delet|remov|renam|mov(?:e|ing)\b|drop\b|git rm|rm -)/i
const READ_ONLY = new RegExp(
  `${LEAD}(?:verif|audit|confirm|check|validat|review|test(?:ing)? (?:the|and)|run |human|final|manual|deploy |push |apply (?:the )?migrations?\\b)`,
  'i',
)
const IF_NEEDED =
  /\b(?:if|when|where|as) (?:\w+ )?(?:it )?(?:needed|necessary|required|present|missing|applicable|exists?|any)\b|\bor (?:verify|confirm|check)\b/i
const CONDITIONAL = new RegExp(
  `${IF_NEEDED.source}|\\b(?:full|entire|whole)[- ](?:test[- ])?suite\\b|\\bregression (?:run|check|gate|test run)\\b|${LEAD}(?:investigat|diagnos|inspect|ensure|explore|research|reproduc)`,
  'i',
)

/** Speaks of deleting, moving or renaming. */
export const isRemoval = (text: string) => REMOVAL.test(text)

/** A task that only looks: it verifies, audits or confirms. */
export const isReadOnly = (task: Task) => READ_ONLY.test(task.name)

/** A task that changes something only where it turns out to be missing or wrong. */
export const isConditional = (task: Task) => CONDITIONAL.test(task.name)
