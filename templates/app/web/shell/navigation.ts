/** What an entry of the navigation is. */
import type { IconName } from '../ui/icon'

export interface NavigationItem {
  readonly to: string
  readonly label: string
  readonly icon: IconName
  /** The records that the page shows: somebody who may not read them does not see the entry. */
  readonly resource?: string
}
