/** What the palette finds and does, best match first. */

import type { FeatureSummary } from '@slipway/domain'
import { API_REFERENCE, downloadPath, tabPath } from './paths.ts'
import { FEATURE_WORDS, TAB_WORDS, TABS, type Tone } from './words.ts'

export type PaletteAction = 'look-light' | 'look-dark' | 'look-system' | 'sign-out'

export interface PaletteEntry {
  readonly label: string
  readonly note: string
  readonly tone?: Tone
  readonly does:
    | { readonly kind: 'go'; readonly href: string }
    | { readonly kind: 'load'; readonly href: string }
    | { readonly kind: 'act'; readonly action: PaletteAction }
}

const PLACES: readonly PaletteEntry[] = [
  { label: 'Start a feature', note: 'from an idea', does: { kind: 'go', href: '/new' } },
  { label: 'Features', note: 'all of them', does: { kind: 'go', href: '/' } },
  { label: 'Figma to code', note: 'import a frame, compare, download', does: { kind: 'go', href: '/prototype' } },
  { label: 'Settings', note: 'appearance, keys, account', does: { kind: 'go', href: '/settings' } },
  { label: 'Light', note: 'appearance', does: { kind: 'act', action: 'look-light' } },
  { label: 'Dark', note: 'appearance', does: { kind: 'act', action: 'look-dark' } },
  { label: 'As the system', note: 'appearance', does: { kind: 'act', action: 'look-system' } },
  { label: 'API reference', note: 'help', does: { kind: 'load', href: API_REFERENCE } },
  { label: 'Sign out', note: 'account', does: { kind: 'act', action: 'sign-out' } },
]

/** @param here the feature on the screen, if there is one */
export function paletteEntries(all: readonly FeatureSummary[], here: FeatureSummary | undefined): PaletteEntry[] {
  const found = all.map((feature): PaletteEntry => {
    const { tone, stage, what } = FEATURE_WORDS[feature.status]
    return { label: feature.title, note: `${stage}. ${what}`, tone, does: { kind: 'go', href: `/features/${feature.id}` } }
  })
  const own = here
    ? [
        ...TABS.map(
          (tab): PaletteEntry => ({ label: TAB_WORDS[tab], note: here.title, does: { kind: 'go', href: tabPath(here.id, tab) } }),
        ),
        ...(here.latestJob?.buildVersion
          ? [{ label: 'Download zip', note: here.title, does: { kind: 'load', href: downloadPath(here.id) } } as const]
          : []),
      ]
    : []
  return [...own, ...found, ...PLACES]
}

/** Every word must be somewhere; entries whose label begins with the words come first, otherwise the order stays. */
export function searchEntries(entries: readonly PaletteEntry[], words: string): PaletteEntry[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter((entry) => wanted.every((word) => `${entry.label} ${entry.note}`.toLowerCase().includes(word)))
  const begins = (entry: PaletteEntry) => wanted.length > 0 && entry.label.toLowerCase().startsWith(wanted.join(' '))
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))]
}
