/** The look: colours as asked for, else a palette that suits what the app is about. */
import type { Brief, Theme } from '@slipway/domain'
import { hexOf } from './colours.ts'

export interface Palette {
  readonly value: string
  readonly label: string
  readonly background: string
  readonly primary: string
  readonly mood: string
  readonly suits: RegExp
}

export const PALETTES: readonly Palette[] = [
  {
    value: 'calm-blue',
    label: 'Calm blue on cool white',
    background: '#f6f8fb',
    primary: '#2c5f9e',
    mood: 'calm',
    suits: /\b(?:crm|account|bank|finance|insur|legal|law|office|hr|employee|contract|data|api|server|monitor|support)/i,
  },
  {
    value: 'forest',
    label: 'Forest green on warm white',
    background: '#f8f7f2',
    primary: '#2f6b4f',
    mood: 'natural',
    suits: /\b(?:garden|plant|farm|organic|nature|outdoor|hik|camp|pet|animal|environment|bike|tea|travel|tour)/i,
  },
  {
    value: 'clay',
    label: 'Terracotta on cream',
    background: '#fbf6ef',
    primary: '#b0532f',
    mood: 'warm',
    suits: /\b(?:restaurant|recipe|food|cook|bak|coffee|cafe|wine|craft|pottery|hotel|homestay|furniture|wedding)/i,
  },
  {
    value: 'berry',
    label: 'Berry on pale rose',
    background: '#fcf6f8',
    primary: '#a02c5d',
    mood: 'lively',
    suits: /\b(?:beauty|fashion|salon|dating|music|party|event|gift|flower|art|photo|movie|game)/i,
  },
  {
    value: 'teal',
    label: 'Teal on mist',
    background: '#f3f8f8',
    primary: '#0f6e74',
    mood: 'clear',
    suits: /\b(?:health|clinic|doctor|patient|medic|fitness|yoga|gym|dental|therapy|care|swim|school|student|course|learn)/i,
  },
  {
    value: 'graphite',
    label: 'Graphite on plain white',
    background: '#fafafa',
    primary: '#33383f',
    mood: 'plain',
    suits: /\b(?:portfolio|architect|photograph|studio|agency|blog|writing|note)/i,
  },
]

/** The palette that suits the idea; the first where none does. */
export const paletteFor = (idea: string): Palette => PALETTES.find(({ suits }) => suits.test(idea)) ?? (PALETTES[0] as Palette)

/** Never fails: a colour nobody knows is replaced by that of the palette. */
export function themeOf(look: Brief['look'], idea: string): Theme {
  const palette = PALETTES.find(({ mood }) => mood === look.mood) ?? paletteFor(idea)
  const background = (look.background && hexOf(look.background)) || (look.primary && hexOf(look.primary) ? '#fafaf8' : palette.background)
  const primary = (look.primary && hexOf(look.primary)) || palette.primary
  const isChildlike = /\b(?:child|kids?|playful|toy|baby|kindergarten)/i.test(idea)
  const isBookish = /\b(?:book|novel|poem|magazine|wine|wedding|museum|gallery|heritage|law|hotel)/i.test(idea)
  return {
    background,
    primary,
    font: isChildlike ? 'rounded' : isBookish ? 'serif' : 'sans',
    corners: isChildlike ? 'round' : /\b(?:architect|law|bank|terminal|console)/i.test(idea) ? 'square' : 'soft',
  }
}
