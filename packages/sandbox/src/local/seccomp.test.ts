import { expect, test } from 'vitest'
import { seccompProgram } from './seccomp.ts'

/** Runs the program as the kernel would. @see Linux Documentation/networking/filter.rst */
function decide(program: Buffer, data: { nr: number; arch: number; args?: readonly number[] }): number {
  const words = [data.nr, data.arch, 0, 0, ...(data.args ?? []).flatMap((value) => [value, 0])]
  let accumulator = 0
  for (let index = 0; ; index++) {
    const code = program.readUInt16LE(index * 8)
    const yes = program.readUInt8(index * 8 + 2)
    const no = program.readUInt8(index * 8 + 3)
    const value = program.readUInt32LE(index * 8 + 4)
    if (code === 0x06) return value
    if (code === 0x20) accumulator = (words[value / 4] ?? 0) >>> 0
    else {
      const holds = code === 0x15 ? accumulator === value : code === 0x35 ? accumulator >= value : (accumulator & value) !== 0
      index += holds ? yes : no
    }
  }
}

const ALLOW = 0x7fff0000
const X64 = 0xc000003e

test('ordinary calls pass, those of another architecture end the process', () => {
  const program = seccompProgram('x64')
  for (const nr of [0, 1, 2, 9, 39, 59, 231, 257, 318, 334]) expect(decide(program, { nr, arch: X64 }), String(nr)).toBe(ALLOW)
  expect(decide(program, { nr: 0, arch: 0x40000003 })).toBe(0x80000000)
  expect(decide(program, { nr: 0x40000000 + 59, arch: X64 })).toBe(0x00050026)
})

test('threads may be made, namespaces may not', () => {
  const program = seccompProgram('x64')
  expect(decide(program, { nr: 56, arch: X64, args: [0x3d0f00] })).toBe(ALLOW)
  expect(decide(program, { nr: 56, arch: X64, args: [0x10000000] })).toBe(0x00050001)
  expect(decide(program, { nr: 435, arch: X64 })).toBe(0x00050026)
})

test('local and internet sockets pass, netlink for routes only, everything else is no family', () => {
  const program = seccompProgram('x64')
  const socket = (...args: number[]) => decide(program, { nr: 41, arch: X64, args })
  for (const family of [1, 2, 10]) expect(socket(family, 1, 0), String(family)).toBe(ALLOW)
  expect(socket(16, 3, 0)).toBe(ALLOW)
  expect(socket(16, 3, 9)).toBe(0x00050061)
  for (const family of [17, 31, 38, 40]) expect(socket(family, 3, 0), String(family)).toBe(0x00050061)
})

test('keys cannot be pressed on the terminal of somebody else', () => {
  for (const [architecture, arch, nr] of [
    ['x64', X64, 16],
    ['arm64', 0xc00000b7, 29],
  ] as const) {
    const program = seccompProgram(architecture)
    expect(decide(program, { nr, arch, args: [0, 0x5412] })).toBe(0x00050001)
    expect(decide(program, { nr, arch, args: [0, 0x5413] })).toBe(ALLOW)
  }
})

test('an architecture without a table is refused', () => {
  expect(() => seccompProgram('ia32')).toThrow('ia32')
})
