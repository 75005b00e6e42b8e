/** `npm run bench`: how fast the product is, each figure as a ratio to something measured in the same run. */
import { benchDelivery } from './delivery.ts'
import { benchPreview } from './preview.ts'
import { benchScaffold } from './scaffold.ts'
import { benchStart } from './start.ts'

for (const bench of [benchScaffold, benchPreview, benchDelivery, benchStart]) {
  for (const line of await bench()) console.log(line)
}
