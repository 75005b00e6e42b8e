/** What a list shows, kept in the address: it can be bookmarked, shared, and left by the back button. */
import { useSearchParams } from 'react-router'

export function useListState() {
  const [params, setParams] = useSearchParams()

  /** Sets values (null removes one); anything but a new page starts again at the first. */
  function change(values: Readonly<Record<string, string | null>>, isReplacing = false) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        if (!('page' in values)) next.delete('page')
        for (const [name, value] of Object.entries(values)) value ? next.set(name, value) : next.delete(name)
        return next
      },
      { replace: isReplacing },
    )
  }

  const query = new URLSearchParams(params)
  query.delete('view')
  return { params, query: query.toString(), change }
}
