/** Where prototypes keep files in the object store, and the addresses that stand for pictures in stored code. */

/** A design as it was handed in. */
export const uploadKey = (orgId: string, sha256: string): string => `prototypes/${orgId}/uploads/${sha256}`
/** What one frame is compiled from, frozen: a DesignBundle as JSON, its pictures by their addresses below. */
export const bundleKey = (orgId: string, sha256: string): string => `prototypes/${orgId}/bundles/${sha256}.json`
/** What a model proposed: DesignHints as JSON. */
export const hintsKey = (orgId: string, sha256: string): string => `prototypes/${orgId}/hints/${sha256}.json`
/** A picture, once per content. */
export const pictureKey = (orgId: string, sha256: string): string => `prototypes/${orgId}/pictures/${sha256}`
/** The compiled page and the design's boxes, of the newest run. @param refinedBy the run whose proposals it was compiled with */
export const resultKey = (orgId: string, prototypeId: string, refinedBy?: string): string =>
  `prototypes/${orgId}/results/${prototypeId}${refinedBy ? `-${refinedBy}` : ''}.json`

/** What code is compiled with, because the compiler takes only addresses that a page could load; no host answers there. @see RFC 2606 */
const STAND_IN = 'https://pictures.slipway.invalid/'
export const standInHref = (fileName: string): string => STAND_IN + fileName

/** Pictures of a project lie in its public folder. */
export const linkPictures = (code: string): string => code.replaceAll(STAND_IN, '/pictures/')

/** File names of the pictures that a text shows, each once. */
export const picturesIn = (text: string): string[] => [
  ...new Set(text.match(/(?<=\/pictures\/|pictures\.slipway\.invalid\/)[0-9a-f]{64}\.[a-z]{3,4}/g)),
]

/** Each picture's stand-in replaced by what `hrefOf` says. */
export const replacePictures = (text: string, hrefOf: (fileName: string) => string): string =>
  text.replace(/https:\/\/pictures\.slipway\.invalid\/([0-9a-f]{64}\.[a-z]{3,4})/g, (_, fileName: string) => hrefOf(fileName))

/** The address of our copy of a picture. */
export const pictureAddress = (sha256: string): string => `/api/prototypes/pictures/${sha256}`
