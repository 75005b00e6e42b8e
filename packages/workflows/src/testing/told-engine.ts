/** An engine whose worker process says on its output which steps it begins. */
import type { Engine } from '../engine.ts'

/** One line of such a process. */
export interface ToldLine {
  readonly begins?: string
  readonly run?: string
  readonly id?: string
  readonly isReady?: true
  readonly isDone?: true
}

export const tell = (line: ToldLine) => process.stdout.write(`${JSON.stringify(line)}\n`)

export function toldEngine(engine: Engine): Engine {
  return {
    ...engine,
    register: (name, workflow) =>
      engine.register(name, (step, input) =>
        workflow(
          (stepName, work) =>
            step(stepName, async (signal) => {
              tell({ begins: stepName, run: name, id: input.id })
              return work(signal)
            }),
          input,
        ),
      ),
  }
}
