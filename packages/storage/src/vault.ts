/**
 * Seals secrets with envelope encryption: each under a data key of its own, the data key under the vault's key.
 * Both layers are bound to their owner, so a sealed secret that is copied to another owner's row does not open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { failure } from '@slipway/domain'
import { readOrCreate } from './read-or-create.ts'

export interface Vault {
  /** @param context who owns the secret and which one it is; the same words are needed to open it */
  seal(plaintext: string, context: string): Uint8Array
  /** @throws VAULT_SEAL_BROKEN when anything about it is not as it was sealed: bytes, context or key */
  open(sealed: Uint8Array, context: string): string
}

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const VERSION = 1
const KEY_ID_BYTES = 8
/** version, id of the vault key */
const HEADER_BYTES = 1 + KEY_ID_BYTES
const WRAPPED_BYTES = IV_BYTES + KEY_BYTES + TAG_BYTES

function encrypt(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Uint8Array, box: Uint8Array, bound: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(bound).setAuthTag(box.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(box.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

/** @param key 32 bytes */
export function createVault(key: Uint8Array): Vault {
  if (key.length !== KEY_BYTES)
    throw failure('CONFIG_INVALID', { faults: [`the vault key has ${key.length} bytes, it needs ${KEY_BYTES}`] })
  const keyId = createHash('sha256').update('slipway vault key').update(key).digest().subarray(0, KEY_ID_BYTES)
  const header = Buffer.concat([Buffer.of(VERSION), keyId])
  // The layer's name keeps a wrapped key from passing as a ciphertext.
  const boundTo = (layer: string, context: string) => Buffer.concat([header, Buffer.from(`${layer}\0${context}`)])
  return {
    seal(plaintext, context) {
      const dataKey = randomBytes(KEY_BYTES)
      const wrapped = encrypt(key, dataKey, boundTo('key', context))
      const sealed = Buffer.concat([header, wrapped, encrypt(dataKey, Buffer.from(plaintext), boundTo('text', context))])
      dataKey.fill(0)
      return sealed
    },

    open(sealed, context) {
      try {
        if (!header.equals(sealed.subarray(0, HEADER_BYTES))) throw new Error('sealed by another version or key')
        const dataKey = decrypt(key, sealed.subarray(HEADER_BYTES, HEADER_BYTES + WRAPPED_BYTES), boundTo('key', context))
        return decrypt(dataKey, sealed.subarray(HEADER_BYTES + WRAPPED_BYTES), boundTo('text', context)).toString()
      } catch (cause) {
        throw failure('VAULT_SEAL_BROKEN', { what: 'The stored secret' }, cause)
      }
    },
  }
}

/** The vault key in the file `path` (64 hex digits), made with mode 0600 on first use; several processes may come first. */
export async function loadVaultKey(path: string): Promise<Uint8Array> {
  const text = await readOrCreate(path, () => `${randomBytes(KEY_BYTES).toString('hex')}\n`)
  if (!/^[0-9a-f]{64}\n?$/i.test(text)) {
    throw failure('CONFIG_INVALID', { faults: [`${path} holds no vault key (64 hex digits): restore it from a backup`] })
  }
  return Buffer.from(text.trim(), 'hex')
}
