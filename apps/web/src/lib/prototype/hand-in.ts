/** A design on its way in: a file, or what was pasted, as the server takes it. */
import { DESIGN_BYTES_MAX, OpenedDesign, PROTOTYPE_STREAMS, Problem, ProblemError } from '@slipway/domain'

export interface HandedIn {
  readonly form: 'json' | 'fig' | 'clipboard'
  readonly name: string
  readonly body: Blob
}

/** Files begin with their bytes: a `.fig` file is a zip or says fig-kiwi itself. */
export async function fromFile(file: File): Promise<HandedIn> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 16).arrayBuffer())
  const isFig = head.startsWith('PK') || head.startsWith('fig-')
  return { form: isFig ? 'fig' : 'json', name: file.name, body: file }
}

export type Pasted = { readonly kind: 'link'; readonly link: string } | { readonly kind: 'design'; readonly design: HandedIn }

/** What lies in the clipboard, when it is layers of Figma, a link to a file, or JSON. */
export function fromClipboard(html: string, text: string): Pasted | undefined {
  if (/\(figma\)|figmeta/.test(html)) {
    return { kind: 'design', design: { form: 'clipboard', name: 'Pasted layers', body: new Blob([html], { type: 'text/html' }) } }
  }
  const trimmed = text.trim()
  if (/^(https?:\/\/)?(www\.)?figma\.com\/\S+$/i.test(trimmed)) return { kind: 'link', link: trimmed }
  if (/^\{[\s\S]*\}$/.test(trimmed)) return { kind: 'design', design: { form: 'json', name: 'Pasted JSON', body: new Blob([trimmed]) } }
  return undefined
}

/** @throws ProblemError with the server's words; TypeError when it does not answer */
export async function handIn(design: HandedIn): Promise<OpenedDesign> {
  if (design.body.size > DESIGN_BYTES_MAX) {
    const megabytes = Math.floor(DESIGN_BYTES_MAX / 1024 / 1024)
    throw new Error(`${design.name} is larger than ${megabytes} MB. Export a part of it, or paste the frame from the clipboard.`)
  }
  const query = new URLSearchParams({ form: design.form, name: design.name.slice(0, 200) })
  const answer = await fetch(`${PROTOTYPE_STREAMS.import.path}?${query}`, { method: 'POST', body: design.body })
  const body: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return OpenedDesign.parse(body)
  const unknown = { type: 'about:blank', title: 'Unexpected answer', status: answer.status, code: 'UNEXPECTED' }
  throw new ProblemError(Problem.safeParse(body).data ?? { ...unknown, detail: `The server answered ${answer.status}. Try again.` })
}
