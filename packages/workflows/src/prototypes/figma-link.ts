/** Figma's links: which file and which node they name. */
import { FigmaFileKey, FigmaNodeId } from '@slipway/domain'

export interface FigmaLink {
  readonly fileKey: string
  readonly nodeId: string | undefined
}

const PATH = /^\/(?:file|design|proto|board)\/([A-Za-z0-9]+)(?:\/branch\/([A-Za-z0-9]+))?(?:\/|$)/

/** `https://www.figma.com/design/KEY/Name?node-id=1-2`; a branch is a file of its own. Undefined for anything else. */
export function readFigmaLink(text: string): FigmaLink | undefined {
  const trimmed = text.trim()
  const address = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^(www\.)?figma\.com$/.test(url.hostname)) return undefined
  const [, file, branch] = PATH.exec(url.pathname) ?? []
  const fileKey = FigmaFileKey.safeParse(branch ?? file).data
  if (!fileKey) return undefined
  return { fileKey, nodeId: FigmaNodeId.safeParse(url.searchParams.get('node-id') ?? undefined).data }
}
