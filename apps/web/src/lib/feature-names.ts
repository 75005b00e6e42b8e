/** Renaming and deleting a feature from any screen: shown at once, put right when the server says no. */
import type { FeatureSummary } from '@slipway/domain'
import { toast } from 'svelte-sonner'
import { api, sayFailure } from './api.ts'
import { features, loadFeatures } from './features.svelte.ts'

type Named = Pick<FeatureSummary, 'id' | 'title'>
const UNDO_MS = 10_000

const retitle = (id: string, title: string) => {
  features.list = features.list?.map((one) => (one.id === id ? { ...one, title } : one))
}

/** An empty or unchanged name changes nothing. */
export async function renameFeature(feature: Named, name: string): Promise<void> {
  const title = name.trim()
  if (!title || title === feature.title) return
  retitle(feature.id, title)
  try {
    await api.renameFeature({ id: feature.id, title })
  } catch (error) {
    retitle(feature.id, feature.title)
    toast.error(sayFailure(error))
  }
}

/** Deletes at once; the way back stays open for a while. */
export async function deleteFeature(feature: Named): Promise<void> {
  const before = features.list
  features.list = features.list?.filter((one) => one.id !== feature.id)
  try {
    await api.deleteFeature({ id: feature.id })
    toast(`"${feature.title}" was deleted.`, {
      duration: UNDO_MS,
      action: { label: 'Undo', onClick: () => void restoreFeature(feature.id) },
    })
  } catch (error) {
    features.list = before
    toast.error(sayFailure(error))
  }
}

export async function restoreFeature(id: string): Promise<void> {
  try {
    await api.restoreFeature({ id })
    await loadFeatures()
  } catch (error) {
    toast.error(sayFailure(error))
  }
}
