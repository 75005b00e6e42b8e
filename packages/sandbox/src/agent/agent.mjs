// Runs INSIDE the sandbox, as its user. One channel leads to the host, HTTP/2 with us as the server: an inherited descriptor (its number is
// the first argument), or `stdio`, or `stdio-base64` where an engine hands on what we say as text: then it is lines of base64.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import http2 from 'node:http2'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const ROOT = '/app'
const REGISTRY_PORT = 4873
const WAITING_MAX = 256
/** Times of files come from a coarser clock, which may be a tick behind. */
const BEGUN_MS = Date.now() - 10
const SETTINGS = { settings: { initialWindowSize: 4 << 20, maxConcurrentStreams: 1000, enableConnectProtocol: true } }
const FRAME = { stdout: 1, stderr: 2, end: 3 }

class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/** The absolute path, proven to lie in the workspace: also when it, or a part of it, is a link. */
function inside(path) {
  const wanted = resolve(ROOT, path)
  let existing = wanted
  while (!existsSync(existing) && !isLink(existing)) existing = dirname(existing)
  const real = isLink(existing) && !existsSync(existing) ? undefined : realpathSync(existing)
  const isIn = (place) => place === ROOT || place?.startsWith(ROOT + sep)
  if (!isIn(wanted) || !isIn(real)) throw new Refused(403, path)
  return wanted
}

function isLink(path) {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

const frame = (type, bytes) => {
  const head = Buffer.alloc(5)
  head[0] = type
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** The whole process group is ended: what a command leaves behind does not outlive it. */
function exec(stream, request) {
  const [command, ...args] = request.command
  const child = spawn(command, args, {
    cwd: inside(request.cwd ?? '.'),
    env: { ...process.env, ...request.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal)
    } catch {
      // the group is gone already
    }
  }
  const pump = (source, type) => {
    source.on('data', (bytes) => {
      if (stream.destroyed || stream.write(frame(type, bytes))) return
      source.pause()
      stream.once('drain', () => source.resume())
    })
  }
  pump(child.stdout, FRAME.stdout)
  pump(child.stderr, FRAME.stderr)
  let hasEnded = false
  let isTimedOut = false
  const end = (result) => {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(timer)
    signalGroup('SIGKILL')
    if (!stream.destroyed) stream.end(frame(FRAME.end, Buffer.from(JSON.stringify({ ...result, isTimedOut }))))
  }
  const timer = request.timeoutMs
    ? setTimeout(() => {
        isTimedOut = true
        signalGroup('SIGTERM')
        setTimeout(() => signalGroup('SIGKILL'), 500).unref()
      }, request.timeoutMs)
    : undefined
  child.on('error', (error) => {
    if (!stream.destroyed) stream.write(frame(FRAME.stderr, Buffer.from(`${error.message}\n`)))
    end({ exitCode: 127 })
  })
  // A daemon that keeps the pipes open must not keep the command open.
  child.on('exit', (code) => setTimeout(() => end({ exitCode: code }), 250))
  child.on('close', (code) => end({ exitCode: code }))
  stream.on('close', () => signalGroup('SIGKILL'))
  stream.respond({ ':status': 200 })
}

/** Files arrive as [u32 path bytes][path][u32 content bytes][content], again and again. */
async function writeFiles(stream) {
  let rest = Buffer.alloc(0)
  const source = stream[Symbol.asyncIterator]()
  const take = async (length) => {
    const parts = [rest]
    let have = rest.length
    while (have < length) {
      const { value, done } = await source.next()
      if (done) {
        if (have === 0) return undefined
        throw new Refused(400, 'cut off')
      }
      parts.push(value)
      have += value.length
    }
    const all = Buffer.concat(parts)
    rest = all.subarray(length)
    return all.subarray(0, length)
  }
  for (let size = await take(4); size; size = await take(4)) {
    const path = inside((await take(size.readUInt32BE())).toString())
    const content = await take((await take(4)).readUInt32BE())
    mkdirSync(dirname(path), { recursive: true })
    // A file of the template belongs to nobody here, but its name in the workspace does.
    rmSync(path, { force: true })
    writeFileSync(path, content)
  }
}

/** Looked at once it is open: whatever the name leads to by then, a pipe keeps nobody waiting. */
function read(stream, { path, bytesMax }) {
  const place = inside(path)
  if (!existsSync(place)) throw new Refused(404, path)
  const fd = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK)
  const stat = fstatSync(fd)
  if (stat.isFile() && stat.size <= bytesMax) {
    stream.respond({ ':status': 200 })
    createReadStream(place, { fd }).pipe(stream)
    return
  }
  closeSync(fd)
  throw new Refused(stat.isFile() ? 413 : 404, path)
}

function list(path, skip, entriesMax) {
  const start = inside(path)
  const entries = []
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name)
      const kind = entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'
      if (kind === 'folder' && skip.includes(entry.name)) continue
      if (entries.length === entriesMax) throw new Refused(413, path)
      entries.push({
        path: relative(ROOT, full),
        sizeBytes: kind === 'file' ? (lstatSync(full, { throwIfNoEntry: false })?.size ?? 0) : 0,
        kind,
      })
      if (kind === 'folder') walk(full)
    }
  }
  if (existsSync(start)) walk(start)
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Sends a signal to everything inside but this process and the engine's own first one. */
function signalAll(signal) {
  try {
    process.kill(-1, signal)
  } catch {
    // nothing else runs
  }
}

/**
 * Files and folders that came or changed since this process began: a change, a copy and a new name all set the time of change. A folder of
 * somebody else is the template's: it is there anyway, and nobody here may set its rights.
 */
function changedPaths() {
  const paths = []
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name)
      const { ctimeMs, uid } = lstatSync(full)
      const isTheirs = entry.isDirectory() && uid !== process.getuid()
      if (ctimeMs >= BEGUN_MS && !isTheirs) paths.push(relative(ROOT, full))
      if (entry.isDirectory()) walk(full)
    }
  }
  walk(ROOT)
  return paths
}

/** While it is taken everything inside stands still, so that what a database wrote is whole. */
async function snapshot(stream) {
  signalAll('SIGSTOP')
  try {
    const options = ['--create', '--gzip', '--ignore-failed-read', `--directory=${ROOT}`, '--null', '--no-recursion', '--files-from=-']
    const tar = spawn('tar', options, { stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = new Promise((resolve) => tar.once('close', resolve))
    tar.stdin.on('error', () => undefined) // its end says what went wrong
    tar.stdin.end(changedPaths().join('\0'))
    stream.respond({ ':status': 200 })
    await pipeline(tar.stdout, stream, { end: false })
    if ((await ended) === 0) stream.end()
    else stream.destroy(new Error('tar failed'))
  } finally {
    signalAll('SIGCONT')
  }
}

async function restore(stream) {
  const tar = spawn('tar', ['--extract', '--gzip', '--no-overwrite-dir', `--directory=${ROOT}`], { stdio: ['pipe', 'ignore', 'pipe'] })
  const said = []
  tar.stderr.on('data', (bytes) => said.push(bytes))
  const ended = new Promise((resolve) => tar.once('close', resolve))
  await pipeline(stream, tar.stdin).catch(() => undefined) // its end says what went wrong
  if ((await ended) !== 0) throw new Refused(400, Buffer.concat(said).toString().slice(0, 500))
}

function tunnel(stream, port) {
  const socket = net.connect({ port, host: '127.0.0.1' })
  socket.setNoDelay()
  socket.on('connect', () => {
    stream.respond({ ':status': 200 })
    stream.pipe(socket).pipe(stream)
  })
  socket.on('error', () => {
    if (!stream.headersSent && !stream.destroyed) stream.respond({ ':status': 502 }, { endStream: true })
    else stream.destroy()
  })
  stream.on('close', () => socket.destroy())
}

async function answer(stream, headers) {
  if (headers[':method'] === 'CONNECT') return tunnel(stream, Number(headers[':authority'].split(':').at(-1)))
  const request = headers['x-request'] ? JSON.parse(Buffer.from(headers['x-request'], 'base64url').toString()) : {}
  const ok = (body = '') => {
    stream.respond({ ':status': 200 })
    stream.end(body)
  }
  switch (headers[':path']) {
    case '/ping':
      return ok()
    case '/exec':
      return exec(stream, request)
    case '/write':
      await writeFiles(stream)
      return ok()
    case '/read':
      return read(stream, request)
    case '/list':
      return ok(JSON.stringify(list(request.path, request.skip, request.entriesMax)))
    case '/remove':
      rmSync(inside(request.path), { recursive: true, force: true })
      return ok()
    case '/kill-all':
      signalAll('SIGKILL')
      return ok()
    case '/snapshot':
      return snapshot(stream)
    case '/restore':
      await restore(stream)
      return ok()
    case '/way-out':
      return offers.push(stream)
    default:
      throw new Refused(404, headers[':path'])
  }
}

/** Connections that wait for a way out, and the ways out that the host keeps open for the next ones. */
const waiting = []
const offers = {
  free: [],
  push(stream) {
    this.free.push(stream)
    this.match()
  },
  match() {
    this.free = this.free.filter((stream) => !stream.destroyed)
    while (this.free.length && waiting.length) {
      const [stream, socket] = [this.free.shift(), waiting.shift()]
      if (socket.destroyed) {
        this.free.unshift(stream)
        continue
      }
      stream.on('close', () => socket.destroy())
      socket.on('close', () => stream.destroy())
      stream.respond({ ':status': 200 })
      socket.pipe(stream).pipe(socket)
    }
  },
}

/**
 * Node's HTTP/2 fails on streams that are no sockets of the system (an assertion, when a stream is reset while bytes are under way), so the
 * other carriers are joined to one end of a pair of real ones.
 */
async function socketPair() {
  const path = join(tmpdir(), `agent-${randomUUID()}`)
  const server = net.createServer()
  const accepted = new Promise((resolve) => server.once('connection', resolve))
  await new Promise((resolve) => server.listen(path, resolve))
  const near = net.connect(path)
  const far = await accepted
  server.close()
  return [near, far]
}

async function channelOf(how) {
  if (/^\d+$/.test(how)) return new net.Socket({ fd: Number(how) })
  const [near, far] = await socketPair()
  // Not process.stdout, whose writes to a pipe would make everything else here wait.
  const output = new net.Socket({ fd: 1, readable: false })
  const input = new net.Socket({ fd: 0, writable: false })
  for (const socket of [near, far, input, output]) socket.on('error', () => process.exit(1))
  input.on('end', () => process.exit(0))
  if (how === 'stdio') {
    input.pipe(near).pipe(output)
    return far
  }
  input.pipe(near)
  near.on('data', (bytes) => output.write(`${bytes.toString('base64')}\n`) || near.pause())
  output.on('drain', () => near.resume())
  return far
}

const host = http2.performServerHandshake(await channelOf(process.argv[2]), SETTINGS)
host.on('error', () => undefined)
host.on('close', () => process.exit(0))
host.on('stream', (stream, headers) => {
  stream.on('error', () => undefined)
  answer(stream, headers).catch((error) => {
    if (stream.destroyed) return
    // Whatever works in here need not stand still while we look.
    const isGone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EACCES', 'ENAMETOOLONG'].includes(error.code)
    if (!stream.headersSent) stream.respond({ ':status': error.status ?? (isGone ? 404 : 500) })
    stream.end(isGone ? relative(ROOT, String(error.path)) : String(error.message))
  })
})

net
  .createServer((socket) => {
    socket.on('error', () => undefined)
    if (waiting.length >= WAITING_MAX) return socket.destroy()
    waiting.push(socket)
    offers.match()
  })
  .listen(REGISTRY_PORT, '127.0.0.1')
