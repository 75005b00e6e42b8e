/** Names in the generated app: no two alike in one place, none that TypeScript, SQL or the fixed files already use. */

const RESERVED = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval
  export extends false finally for from function get if implements import in infer instanceof interface is keyof let module
  namespace never new null number object of package private protected public readonly require return set static string super switch symbol
  this throw true try type typeof undefined unique unknown using var void while with yield
  NaN Infinity globalThis window document location navigator history name event self top parent status length origin
  toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString
  people person attempts matching allowed moved changed deleted created can filters hasRole save navigate toast params submit values
  and or eq sql count alias desc asc access accounts sessions app db day dayAt daysAgo input id ids items item check config conditions columns
  shown sorts rows find one own page query request response row values where api next form can list record records record move moves session
  text email phone url image colour integer decimal money rating date time dateTime choice reference optional labelOf titleOf nameOf
  createdAt updatedAt createdById account roles role fields z c statistics reach total due weeks insert first second third fixtures admin visitor`
    .split(/\s+/)
    .filter(Boolean),
)

/** Type names that generated files use themselves. */
const RESERVED_TYPES = new Set(
  `App Array Board Boolean Card Choice Choices ChoiceBadge ChoiceField Colour ColourField ColourValue Column Columns Context Database Date
  DateField DateTimeField Detail Details DueList EmailField Empty Env Error Fact Failure Figures Filter Form Fragment Function Hono Icon IconName
  ImageField JSON Link LinkField ListPage ListQuery LongTextField Map Math MayRead MoneyField MonthCalendar Moves Named Navigate Nothing
  Number NumberField Object Opening OutsideLink Page Partial People Person Pick Picture PhoneField Promise Rating RatingField Record RecordForm
  RecordPage ReferenceField Refusal Related RegExp RelatedLink Required Routes Route Section Sent Set Settings ShareChart Site Skeleton Stored
  PeoplePage SettingsPage NotFoundPage SignInPage SignUpPage ContentPage LoadingPage LoadFailure RecordLink TimePoint DueItem NavigationItem
  String Symbol Table TextField TimeChart TimeField TimePoint TitleLink Tone Workspace YesNo YesNoField Account AccountMenu SignIn SignUp AdminsOnly`
    .split(/\s+/)
    .filter(Boolean),
)

export const pascalCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
export const snakeCase = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
export const kebabCase = (name: string) => snakeCase(name).replaceAll('_', '-')

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  staff: 'staff',
  news: 'news',
  series: 'series',
  equipment: 'equipment',
  feedback: 'feedback',
  media: 'media',
  leaf: 'leaves',
  shelf: 'shelves',
}

/** The English plural of a camelCase name; its last word decides. */
export function pluralOf(name: string): string {
  const last = /[A-Z]?[a-z0-9]*$/.exec(name)?.[0] ?? name
  const lead = name.slice(0, name.length - last.length)
  const word = last.toLowerCase()
  const plural =
    (Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined) ??
    (/[^aeiou]y$/.test(word)
      ? `${word.slice(0, -1)}ies`
      : /(ss|us|is|as|os|x|z|ch|sh)$/.test(word)
        ? `${word}es`
        : word.endsWith('s')
          ? word
          : `${word}s`)
  return lead + (last.charAt(0) === word.charAt(0) ? plural : pascalCase(plural))
}

export type NameGiver = (wanted: string, suffix: string, derived?: (name: string) => readonly string[]) => string

/**
 * Gives out each name once; a name that is taken gets the suffix, then a number.
 * `derived` names come with it, and must be free as well.
 */
export function nameGiver(taken: Iterable<string> = []): NameGiver {
  const used = new Set(taken)
  return (wanted, suffix, derived = () => []) => {
    let name = wanted
    for (let round = 1; [name, ...derived(name)].some((one) => used.has(one)); round++)
      name = `${wanted}${suffix}${round === 1 ? '' : round}`
    for (const one of [name, ...derived(name)]) used.add(one)
    return name
  }
}

export const variableNames = (taken: readonly string[] = []) => nameGiver([...RESERVED, ...taken])
export const typeNames = () => nameGiver([...RESERVED_TYPES, ...[...RESERVED].map(pascalCase)])

/** Files that lie beside those of the entities: `model/fields.ts`, `server/seed/index.ts`, `tests/api.ts` and so on. */
export const fileNames = () =>
  nameGiver(['index', 'dates', 'ids', 'account', 'accounts', 'fields', 'roles', 'api', 'api-with-accounts', 'build', 'database'])

/** Addresses and folders that the fixed files use. */
export const pathNames = () =>
  nameGiver([
    'api',
    'health',
    'assets',
    'art',
    'new',
    'edit',
    'export',
    'settings',
    'sign-in',
    'sign-up',
    'session',
    'people',
    'theme.js',
    'index',
    'app',
    'content',
    'sent',
    'not-found',
    'favicon.svg',
    'overview',
  ])

/** "Repair ticket" inside a sentence is "repair ticket", but "VAT rate" stays. */
export const inSentence = (label: string) => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label)
