/** The system calls that nothing in a sandbox may make, as a classic BPF program for bubblewrap's `--seccomp`. */

/** Call numbers. @see Linux arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h */
const CALLS = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    ioctl: 16,
    socket: 41,
    // ptrace and its kin, keys, io_uring, bpf, performance events, mounts, namespaces, modules, clocks, reboot, handles
    refused: [
      101, 310, 311, 312, 438, 248, 249, 250, 425, 426, 427, 321, 298, 323, 165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 308, 272,
      175, 313, 176, 246, 320, 164, 227, 159, 305, 169, 303, 304, 167, 168, 163, 179, 103, 172, 173, 212, 278, 135, 180, 153,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    ioctl: 29,
    socket: 198,
    refused: [
      117, 270, 271, 272, 438, 217, 218, 219, 425, 426, 427, 280, 241, 282, 40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442, 268, 97, 105,
      273, 106, 104, 294, 170, 112, 171, 266, 142, 264, 265, 224, 225, 89, 60, 116, 75,
    ],
  },
} as const

/** Offsets in `struct seccomp_data`: number, architecture, and the low halves of the first three arguments. */
const NUMBER = 0
const ARCHITECTURE = 4
const ARGUMENT = [16, 24, 32] as const

const LOAD = 0x20
const IF_EQUAL = 0x15
const IF_AT_LEAST = 0x35
const IF_ANY_BIT = 0x45
const RETURN = 0x06

const ALLOW = 0x7fff0000
const KILL = 0x80000000
const refuseWith = (errno: number) => 0x00050000 | errno
const EPERM = 1
const ENOSYS = 38
const EAFNOSUPPORT = 97

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e020000
const TIOCSTI = 0x5412
const TIOCLINUX = 0x541c
const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10
const AF_NETLINK = 16
const NETLINK_ROUTE = 0

/** One instruction of `struct sock_filter`; `yes` and `no` skip that many of the next ones. */
type Instruction = readonly [code: number, value: number, yes: number, no: number]

/**
 * @returns `struct sock_filter[]`, 8 bytes each, in the machine's byte order (little-endian on both architectures)
 * @throws Error on an architecture whose call numbers are not in the table
 */
export function seccompProgram(architecture: string): Buffer {
  if (architecture !== 'x64' && architecture !== 'arm64') throw new Error(`No seccomp table for the architecture ${architecture}.`)
  const calls = CALLS[architecture]
  const load = (offset: number): Instruction => [LOAD, offset, 0, 0]
  const end = (action: number): Instruction => [RETURN, action, 0, 0]
  const ifEqual = (value: number, yes: number, no: number): Instruction => [IF_EQUAL, value, yes, no]

  const program: Instruction[] = [
    load(ARCHITECTURE),
    ifEqual(calls.audit, 1, 0),
    end(KILL),
    load(NUMBER),
    // The x32 numbers are a second door to the same calls.
    ...(architecture === 'x64' ? [[IF_AT_LEAST, 0x40000000, 0, 1] as const, end(refuseWith(ENOSYS))] : []),
    // Its flags lie behind a pointer, where a filter cannot look: libc then falls back to clone.
    ifEqual(calls.clone3, 0, 1),
    end(refuseWith(ENOSYS)),
    ...calls.refused.flatMap((call) => [ifEqual(call, 0, 1), end(refuseWith(EPERM))]),
    ifEqual(calls.clone, 0, 4),
    load(ARGUMENT[0]),
    [IF_ANY_BIT, NEW_NAMESPACES, 0, 1],
    end(refuseWith(EPERM)),
    end(ALLOW),
    ifEqual(calls.ioctl, 0, 5),
    load(ARGUMENT[1]),
    ifEqual(TIOCSTI, 1, 0),
    ifEqual(TIOCLINUX, 0, 1),
    end(refuseWith(EPERM)),
    end(ALLOW),
    ifEqual(calls.socket, 0, 9),
    load(ARGUMENT[0]),
    ifEqual(AF_UNIX, 6, 0),
    ifEqual(AF_INET, 5, 0),
    ifEqual(AF_INET6, 4, 0),
    ifEqual(AF_NETLINK, 0, 2),
    load(ARGUMENT[2]),
    ifEqual(NETLINK_ROUTE, 1, 0),
    end(refuseWith(EAFNOSUPPORT)),
    end(ALLOW),
    end(ALLOW),
  ]
  const bytes = Buffer.alloc(program.length * 8)
  program.forEach(([code, value, yes, no], index) => {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(yes, index * 8 + 2)
    bytes.writeUInt8(no, index * 8 + 3)
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4)
  })
  return bytes
}
