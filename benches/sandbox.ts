/** `npm run bench:sandbox`: what the walls cost, beside the same steps without any. Rounds as an argument, 5 when left out. */
import { benchPainted } from './sandbox-painted.ts'
import { benchWalls } from './sandbox-walls.ts'

const rounds = Number(process.argv[2] ?? 5)

for (const bench of [benchWalls, benchPainted]) for (const line of await bench(rounds)) console.log(line)
