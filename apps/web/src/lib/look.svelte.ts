/** Light or dark: as the system, unless this browser was told otherwise. */
export const LOOKS = { system: 'As the system', light: 'Light', dark: 'Dark' } as const
export type Look = keyof typeof LOOKS

/** `app.html` reads the same key before the first paint. */
const KEY = 'slipway-look'
const read = (): Look => {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export const look = $state({ value: read() })

export function chooseLook(next: Look): void {
  look.value = next
  if (next === 'system') {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.look
  } else {
    localStorage.setItem(KEY, next)
    document.documentElement.dataset.look = next
  }
}
