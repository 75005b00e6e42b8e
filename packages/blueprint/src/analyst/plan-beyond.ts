/** The plans for what cannot be compiled: work for a model's coder, and decisions for a person. */
import type { Requirement } from '@slipway/domain'
import type { TaskValues } from '@slipway/plan'
import { type Draft, truthsOf } from './plan-draft.ts'
import { clipped, inSentence, listed } from './words.ts'

const testOf = (requirement: Requirement) => `tests/${requirement.id.toLowerCase()}.test.ts`

export function modelPlan(requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
  return {
    title: `Beyond records: ${clipped(listed(requirements.map((requirement) => inSentence(requirement.title))), 140)}`,
    values: {
      type: 'execute',
      dependsOn,
      filesModified: requirements.map(testOf),
      autonomous: true,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Build what cannot be compiled: ${listed(requirements.map((requirement) => inSentence(requirement.title)))}.\n\nPurpose: this is what the owner asked for beyond keeping records.\nOutput: working features, each with a test that fails without it. Needs a model's coder.`,
      context: ['@README.md', '@web/app.tsx', '@server/app.ts'],
      mustHaves: {
        truths: truthsOf(requirements),
        artifacts: requirements.map((requirement) => ({
          path: testOf(requirement),
          provides: `Proof of ${requirement.id}: ${requirement.title}`,
        })),
        keyLinks: [],
        prohibitions: [],
      },
      tasks: requirements.map(
        (requirement): TaskValues => ({
          type: 'auto',
          name: requirement.title,
          files: [testOf(requirement)],
          action: `${requirement.text}\n\nBegin with the test, then write what it needs in new files under \`server/\` and \`web/\`, and add them to \`files_modified\`.`,
          verify: { automated: `npm run typecheck && npx vitest run ${testOf(requirement)}` },
          acceptanceCriteria: requirement.criteria.map(
            (criterion) => `Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}`,
          ),
          done: requirement.criteria[0]?.then ?? requirement.title,
        }),
      ),
      verification: ['`npm run typecheck` finds nothing', '`npm test` passes'],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}

export function laterPlan(requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
  return {
    title: `Needs something from outside: ${clipped(listed(requirements.map((requirement) => inSentence(requirement.title))), 130)}`,
    values: {
      type: 'execute',
      dependsOn,
      filesModified: [],
      autonomous: false,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Decide on what needs an account, a device or a service from outside: ${listed(requirements.map((requirement) => inSentence(requirement.title)))}.\n\nPurpose: no money and no hope is spent on it before that is settled.\nOutput: a decision for each.`,
      context: ['@README.md'],
      mustHaves: {
        truths: requirements.map((requirement) => clipped(requirement.text || requirement.title, 300)),
        artifacts: [{ path: 'README.md', provides: 'Says what is connected and what is not' }],
        keyLinks: [],
        prohibitions: [],
      },
      tasks: requirements.map(
        (requirement): TaskValues => ({
          type: 'checkpoint:human-action',
          name: requirement.title,
          files: [],
          action: '',
          verify: {},
          acceptanceCriteria: [],
          done: '',
          others: {
            'what-built': 'The records around it are kept and can be worked with by hand.',
            'how-to-verify': requirement.text,
            'resume-signal': 'Say "connected" when the account or the device is there, or "leave out".',
          },
        }),
      ),
      verification: [],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}
