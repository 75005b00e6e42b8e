/** The words of a sentence that only code would have: `useAuth`, `SessionPlayer`, `created_at`. */
const CODE_WORD =
  /\b(?:[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-z]+(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g

/** Names that are spelt with inner capitals and mean no code. */
const BRANDS = new Set(
  'JavaScript TypeScript GitHub GitLab OpenAI YouTube PostgreSQL MongoDB GraphQL NextJS NodeJS iOS macOS WebView WebView2 DevTools OAuth'.split(
    ' ',
  ),
)

export const codeWords = (text: string): string[] => [...new Set((text.match(CODE_WORD) ?? []).filter((word) => !BRANDS.has(word)))]
