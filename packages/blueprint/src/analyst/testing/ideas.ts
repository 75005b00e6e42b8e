/** Ideas in the manner of real ones, and random text around the words that the analyst reacts to, for tests. */
import fc from 'fast-check'

export const WORKSHOP =
  'An app for a bike workshop: customers, their bikes, repair jobs with status, parts in stock, a dashboard of what is due'

export const HOTEL =
  'Please implement a hotel booking website for managing rooms and reservations. The website should have functionalities for room management, booking management, guest reviews, and online payment. Users should be able to log in, browse rooms, book rooms for selected dates, write reviews, and pay online. Use light yellow for the background and goldenrod for components.'

const WORDS =
  'manage track customers bikes orders book rooms users can log in and , : . with their status price date Please implement a website for the of games video PDF AI payment chat light yellow background dark green components no sign-in call it remove also euros news course students 42 — ünï 図書館 \n " { } <b> constructor __proto__ toString'.split(
    ' ',
  )

/** Half of them anything at all, half of them shuffled words that mean something. */
export const anyIdea = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(' ')),
)
