/** Settings of this browser. */
import { type ThemeChoice, useThemeChoice } from '../shell/theme'
import { Page } from '../ui/page'

const CHOICES: readonly { value: ThemeChoice; label: string; note: string }[] = [
  { value: 'light', label: 'Light', note: 'Always the light colours.' },
  { value: 'dark', label: 'Dark', note: 'Always the dark colours.' },
  { value: 'system', label: 'System', note: 'Follows this device.' },
]

export function SettingsPage() {
  const [theme, setTheme] = useThemeChoice()
  return (
    <Page title="Settings" isNarrow>
      <fieldset className="panel p-5 sm:p-8">
        <legend className="float-left mb-3 w-full font-display text-lg font-semibold">Appearance</legend>
        <div className="clear-both grid gap-3 sm:grid-cols-3">
          {CHOICES.map(({ value, label, note }) => (
            <label
              key={value}
              className="flex cursor-pointer items-start gap-3 rounded-control border border-line-strong p-4 has-checked:border-primary has-checked:bg-primary-soft"
            >
              <input
                type="radio"
                name="theme"
                className="mt-1"
                checked={theme === value}
                onChange={() => setTheme(value)}
              />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="block text-sm text-muted">{note}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </Page>
  )
}
