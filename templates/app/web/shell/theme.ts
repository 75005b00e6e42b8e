/** Light, dark, or as the system says. `public/theme.js` applies it. */
import { useState } from 'react'

export type ThemeChoice = 'light' | 'dark' | 'system'

function stored(): ThemeChoice {
  const fallback = (document.documentElement.dataset.defaultTheme ?? 'system') as ThemeChoice
  try {
    return (localStorage.getItem('theme') as ThemeChoice | null) ?? fallback
  } catch {
    return fallback
  }
}

export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(stored)
  return [
    choice,
    (next) => {
      localStorage.setItem('theme', next)
      dispatchEvent(new Event('theme-change'))
      setChoice(next)
    },
  ]
}
