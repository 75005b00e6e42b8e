/** The OpenAPI document and its page, printed from the table of routes. */
import { Problem, RecordingHeader, ROUTES, type Route, STREAMS } from '@slipway/domain'
import { z } from 'zod'

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

const problem = {
  description: 'What went wrong, in words for people',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function parametersOf(route: Pick<Route, 'params' | 'query'>): object[] {
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = (schema ? jsonSchema(schema, 'input') : {}) as {
      properties?: Record<string, object>
      required?: string[]
    }
    return Object.entries(properties).map(([name, shape]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: shape,
    }))
  }
  return [...of(route.params, 'path'), ...of(route.query, 'query')]
}

/** OpenAPI 3.1; the schemas are those that the server parses with. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  const add = (path: string, method: string, operation: object) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  for (const [operationId, route] of Object.entries(ROUTES) as [string, Route][]) {
    add(route.path, route.method, {
      operationId,
      summary: route.summary,
      tags: [route.tag],
      parameters: parametersOf(route),
      ...(route.isOpen ? { security: [] } : {}),
      ...(route.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }
        : {}),
      responses: {
        200: { description: route.summary, content: { 'application/json': { schema: jsonSchema(route.response, 'output') } } },
        default: problem,
      },
    })
  }
  add(STREAMS.events.path, 'GET', {
    operationId: 'events',
    summary: 'Server-sent events: everything that happens, resumable by Last-Event-ID',
    tags: ['events'],
    parameters: parametersOf(STREAMS.events),
    responses: {
      200: { description: 'A stream of LiveEvent', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      default: problem,
    },
  })
  add(STREAMS.chatImage.path, 'GET', {
    operationId: 'chatImage',
    summary: 'A picture of the conversation, for its owner',
    tags: ['chat'],
    parameters: parametersOf(STREAMS.chatImage),
    responses: {
      200: { description: 'The picture', content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
      default: problem,
    },
  })
  add(STREAMS.download.path, 'GET', {
    operationId: 'download',
    summary: 'The zip of the newest ready build, or of a named version',
    tags: ['builds'],
    parameters: parametersOf(STREAMS.download),
    responses: {
      200: { description: 'The zip', content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } },
      default: problem,
    },
  })
  add(STREAMS.recording.path, 'GET', {
    operationId: 'recording',
    summary: 'The whole run of a feature, for "slipway replay": what its owner did and every exchange with a model. No keys are in it',
    tags: ['features'],
    parameters: parametersOf(STREAMS.recording),
    responses: {
      200: {
        description: 'Lines of JSON: a RecordingHeader, then pictures and exchanges',
        content: { 'application/jsonl': { schema: { type: 'string' } } },
      },
      default: problem,
    },
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slipway',
      version,
      description: 'From an idea to a running, tested web app. Sign in by cookie, or send a bearer token.',
    },
    security: [{ cookie: [] }, { bearer: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, 'output'), RecordingHeader: jsonSchema(RecordingHeader, 'output') },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'slipway.session_token' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const escaped = (text: unknown) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A page without scripts: every operation with its parameters and the schemas of what goes in and comes out. */
export function docsPage(document: object): string {
  const { paths, info } = document as { paths: Record<string, Record<string, Operation>>; info: { version: string; description: string } }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )
  const tags = [...new Set(operations.map((operation) => operation.tags[0] ?? ''))]
  const schema = (title: string, value: unknown) =>
    value ? `<details><summary>${title}</summary><pre>${escaped(JSON.stringify(value, null, 2))}</pre></details>` : ''
  const section = (tag: string) =>
    operations
      .filter((operation) => operation.tags[0] === tag)
      .map(
        (
          operation,
        ) => `<article id="${escaped(operation.operationId)}"><h3><b>${operation.method.toUpperCase()}</b> <code>${escaped(operation.path)}</code></h3>
<p>${escaped(operation.summary)}</p>${operation.parameters.length ? `<ul>${operation.parameters.map((one) => `<li><code>${escaped(one.name)}</code> in ${one.in}${one.required ? '' : ', optional'}</li>`).join('')}</ul>` : ''}
${schema('Request', operation.requestBody?.content['application/json']?.schema)}${schema('Answer', Object.values(operation.responses[200]?.content ?? {})[0]?.schema)}</article>`,
      )
      .join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Slipway API</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:860px;margin:32px auto;padding:0 16px}h2{border-bottom:1px solid;padding-bottom:4px;margin-top:40px;text-transform:capitalize}h3{font-size:15px;margin:24px 0 0}p,ul{margin:4px 0}pre{overflow:auto;font-size:12px;border:1px solid;padding:8px;border-radius:4px}b{display:inline-block;min-width:56px}</style>
<main><h1>Slipway API ${escaped(info.version)}</h1><p>${escaped(info.description)} The whole document: <a href="/api/openapi.json">openapi.json</a>.</p>
${tags.map((tag) => `<h2>${escaped(tag)}</h2>${section(tag)}`).join('')}</main></html>`
}

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly { name: string; in: string; required: boolean }[]
  readonly requestBody?: { content: Record<string, { schema: object }> }
  readonly responses: Record<string, { content?: Record<string, { schema: object }> } | undefined>
}
