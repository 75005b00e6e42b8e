/** How the pages of a feature reach its state. */
import { getContext, setContext } from 'svelte'
import type { FeatureState } from './feature.svelte.ts'

const KEY = Symbol('feature')

export const provideFeature = (state: () => FeatureState) => setContext(KEY, state)
/** Read it inside of a derivation: another feature may take its place. */
export const useFeature = () => getContext<() => FeatureState>(KEY)
