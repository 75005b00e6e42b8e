/** For addresses that lead nowhere. */
import { ButtonLink } from '../ui/button'
import { Page } from '../ui/page'

export function NotFoundPage() {
  return (
    <Page
      title="This page does not exist"
      isNarrow
      lead="The address may be mistyped, or what was here has been deleted."
    >
      <ButtonLink look="primary" to="/">
        Go to the start
      </ButtonLink>
    </Page>
  )
}
