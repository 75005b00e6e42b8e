/** Headers and checks for every answer: no sniffing, a strict content policy, no writes from other sites. */
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { Refusal } from './refusal'

export const headers = secureHeaders({
  xFrameOptions: false,
  crossOriginResourcePolicy: false,
  crossOriginOpenerPolicy: false,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'https:', 'http:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
  },
})

/** A page of another site cannot write here: browsers say truthfully where a request comes from. */
export const sameOrigin = createMiddleware(async (c, next) => {
  const origin = c.req.header('origin')
  const isWriting = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
  if (isWriting && origin && !(URL.canParse(origin) && new URL(origin).host === c.req.header('host'))) {
    throw new Refusal(403, 'Requests from other sites are not accepted.')
  }
  await next()
})
