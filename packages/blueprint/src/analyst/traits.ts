/** What kind of app an idea asks for: a public site or a workspace, who signs in, which extras, which money. */
import { isAboutLook } from './colours.ts'
import { sentencesOf } from './words.ts'

export type SignIn = 'none' | 'optional' | 'required'

export interface Traits {
  /** Strangers read it: it begins with a page about itself, not with a dashboard. */
  readonly isSite: boolean
  /** Undefined where the idea does not say. */
  readonly signIn: SignIn | undefined
  readonly hasPictures: boolean
  readonly wantsContact: boolean
  readonly wantsAbout: boolean
  readonly wantsFaq: boolean
  readonly wantsCalendar: boolean
  readonly wantsDashboard: boolean
  /** ISO 4217; undefined where the idea does not say. */
  readonly currency: string | undefined
}

const NO_SIGN_IN =
  /\b(?:no|without(?: any)?|don'?t need(?: any)?|not need(?: any)?|skip(?: the)?|remove(?: the)?)\s+(?:sign-?\s?in|sign-?\s?up|log-?\s?in|accounts?|registration|users? accounts?|passwords?|authentication)\b|\bjust (?:for )?me\b|\bonly (?:for )?me\b|\bfor myself\b/i
const SIGN_IN =
  /\b(?:log(?:ging)?[ -]?in(?:to)?|sign(?:ing)?[ -]?in|sign[ -]?up|login|registration|register|accounts?|passwords?|permissions?|user management|personal center|my own|their own|roles?|private)\b/i
const SITE =
  /\b(?:websites?|web ?sites?|web ?pages?|pages?|shop|store|e-?commerce|blog|portal|mall|landing page|portfolio|forum|community|marketplace|mini-?program|homepage)\b/i
const WORKSPACE =
  /\b(?:management (?:system|platform|tool|app|application|website|software)|admin\w*|back ?-?(?:end|office)|internal (?:tool|system|erp|platform|use|app)|dashboard|tracker|crm|erp|oa|hr system|scrm|inventory|warehouse|workshop|keep track|track my|organi[sz]er|monitoring|control panel|console|personal finance|to-?do|planner|diary|journal)\b/i
const PUBLIC =
  /\b(?:visitors?|browse|introduc\w+|about us|showcas\w+|display\w*|promot\w+|company profile|news|products? display|customers can|public|brand|corporate|official)\b/i

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|\beuros?\b|\bEUR\b/i, 'EUR'],
  [/£|\bpounds? sterling\b|\bGBP\b|\bpounds\b/i, 'GBP'],
  [/\byen\b|\bJPY\b/i, 'JPY'],
  [/\byuan\b|\brenminbi\b|\bRMB\b|\bCNY\b|\bwechat\b|\balipay\b/i, 'CNY'],
  [/\brupees?\b|₹|\bINR\b/i, 'INR'],
  [/\bfrancs\b|\bCHF\b/i, 'CHF'],
  [/\bAustralian dollars?\b|\bAUD\b/i, 'AUD'],
  [/\bCanadian dollars?\b|\bCAD\b/i, 'CAD'],
  [/\breais\b|\bBRL\b/i, 'BRL'],
  [/\bzloty\b|\bPLN\b/i, 'PLN'],
  [/\$|\bdollars?\b|\bUSD\b/i, 'USD'],
]

export function traitsOf(idea: string): Traits {
  const text = sentencesOf(idea)
    .filter((sentence) => !isAboutLook(sentence))
    .join(' ')
  const site = SITE.test(text)
  const isSite =
    site &&
    (!WORKSPACE.test(text) || (/\bwebsite\b/i.test(text) && PUBLIC.test(text) && !/management (?:system|platform|software)/i.test(text)))
  return {
    isSite,
    signIn: NO_SIGN_IN.test(text) ? 'none' : SIGN_IN.test(text) ? (isSite ? 'optional' : 'required') : undefined,
    hasPictures: isSite || /\b(?:images?|photos?|pictures?|gallery|galleries|portraits?)\b/i.test(text),
    wantsContact:
      /\b(?:contact (?:us|form|page|information|the)|contact via|get in touch|inquir(?:y|ies) form|leave (?:a )?messages?|online (?:inquiry|message)|message board)\b/i.test(
        text,
      ) ||
      (isSite && /\bcontact\b/i.test(text)),
    wantsAbout: isSite || /\babout (?:us|page)\b/i.test(text),
    wantsFaq: /\b(?:faq|frequently asked|help (?:page|center|centre))\b/i.test(text),
    wantsCalendar: /\b(?:calendar|schedul\w+|timetable|roster|availability|appointments?|week view)\b/i.test(text),
    wantsDashboard: /\b(?:dashboard|overview|statistics|reports?|analytics|data analysis|due)\b/i.test(text),
    currency: CURRENCIES.find(([expression]) => expression.test(idea))?.[1],
  }
}
