/** What is left when a task could not be done: for people, and for the next try. */

export interface Attempt {
  /** What was tried and how it ended, in words. */
  readonly ended: string
  readonly steps: number
  readonly diff: string
  /** What the model itself said last. */
  readonly lastWords: string
}

export interface Dossier {
  readonly debugId: string
  readonly task: string
  readonly reason: string
  /** The verify command that failed last, and what it said; empty when none ran. */
  readonly command: string
  readonly output: string
  readonly signature: string | null
  readonly attempts: readonly Attempt[]
}

export function dossierText({ debugId, task, reason, command, output, attempts }: Dossier): string {
  const shown = output ? ['', `\`${command}\` said:`, '', '```', output.slice(-4_000), '```'] : []
  const tried = attempts.flatMap(({ ended, steps, diff, lastWords }, index) => [
    '',
    `## Try ${index + 1}: ${steps} steps, then ${ended}`,
    ...(lastWords ? ['', lastWords.slice(0, 1_500)] : []),
    ...(diff ? ['', '```diff', diff.slice(0, 6_000), '```'] : ['', 'No file was changed.']),
  ])
  return [`# ${task} was not done (${debugId})`, '', reason, ...shown, ...tried, ''].join('\n')
}
