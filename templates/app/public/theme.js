// Runs before the first paint, so that a dark page never flashes light.
{
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let choice = root.dataset.defaultTheme ?? 'system'
    try {
      choice = localStorage.getItem('theme') ?? choice
    } catch {
      // Storage can be forbidden; the default stays.
    }
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
  }
  apply()
  dark.addEventListener('change', apply)
  addEventListener('theme-change', apply)
}
