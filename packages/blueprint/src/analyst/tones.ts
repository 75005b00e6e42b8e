/** What a status means for the eye, and what the button says that leads to it. */
import type { Tone } from '@slipway/domain'

const TONES: Readonly<Record<Tone, string>> = {
  success:
    'done ready delivered paid approved active available confirmed completed resolved won hired signed passed sold graduated received accepted published present reached attended onTime mint good valid rented returned collected healthy online up succeeded answered winner finished open solved excellent bound cured enabled granted',
  info: 'inProgress inRepair inReview sent contacted proposal packed shipped pickedUp onTheWay interview offer review reserved out checkedIn booked running inUse planned scheduled confirmedByPhone investigating preparing queued recording boarding sampling testing inTreatment fair ongoing learning playing watching reading',
  warning:
    'waiting waitingForParts pending onHold late lowStock high overdue blocked excused onLeave paused expiring delayed warning inService inRepairShop occupied cleaning degraded unsold medium requestedChanges mediumRisk frozen moderate',
  danger:
    'urgent cancelled rejected failed lost outOfOrder soldOut damaged critical absent missed down declined broken error severe blockedByUs banned spam',
  neutral: '',
}

export function toneOf(value: string): Tone {
  for (const [tone, words] of Object.entries(TONES)) if (words.split(' ').includes(value)) return tone as Tone
  return 'neutral'
}

const BUTTONS: Readonly<Record<string, string>> = {
  inProgress: 'Start',
  inRepair: 'Start repair',
  ready: 'Mark ready',
  collected: 'Hand over',
  waitingForParts: 'Wait for parts',
  waiting: 'Put on hold',
  onHold: 'Put on hold',
  blocked: 'Mark blocked',
  paused: 'Pause',
  done: 'Finish',
  completed: 'Complete',
  closed: 'Close',
  resolved: 'Resolve',
  paid: 'Mark paid',
  packed: 'Pack',
  shipped: 'Ship',
  delivered: 'Mark delivered',
  cancelled: 'Cancel',
  confirmed: 'Confirm',
  checkedIn: 'Check in',
  approved: 'Approve',
  rejected: 'Reject',
  declined: 'Decline',
  sent: 'Send',
  published: 'Publish',
  archived: 'Archive',
  inReview: 'Send to review',
  signed: 'Mark signed',
  received: 'Mark received',
  refunded: 'Refund',
  returned: 'Mark returned',
  overdue: 'Mark overdue',
  contacted: 'Mark contacted',
  proposal: 'Send proposal',
  won: 'Mark won',
  lost: 'Mark lost',
  interview: 'Invite to interview',
  offer: 'Make an offer',
  hired: 'Hire',
  active: 'Start',
  review: 'Send to review',
  answered: 'Mark answered',
  open: 'Open',
  pickedUp: 'Mark picked up',
  onTheWay: 'Send on its way',
  submitted: 'Submit',
  graded: 'Grade',
  running: 'Start',
  failed: 'Mark failed',
  passed: 'Pass',
  missed: 'Mark missed',
  out: 'Hand out',
  sold: 'Mark sold',
  reserved: 'Reserve',
  rented: 'Mark rented',
  withdrawn: 'Withdraw',
  reached: 'Mark reached',
  dropped: 'Drop',
  attended: 'Mark attended',
  played: 'Mark played',
  finished: 'Finish',
}

/** The label of the button that moves a record to `value`. */
export const buttonFor = (value: string, label: string) => BUTTONS[value] ?? `Mark ${label.charAt(0).toLowerCase()}${label.slice(1)}`

/** Side states that end a life; from the others the work goes on. */
export const isDeadEnd = (value: string) =>
  /^(?:cancelled|rejected|declined|lost|failed|withdrawn|dropped|returned|refunded|missed|ended|archived|unsold|expired|banned|spam|abandoned)$/.test(
    value,
  )
