/** Reads kiwi messages by the schema that travels with them, value by value: no code is made from a stranger's schema. */
import { ByteBuffer, decodeBinarySchema } from 'kiwi-schema'
import { ReadStop } from '../read-result.ts'

export type KiwiFields = Readonly<Record<string, unknown>>

const DEPTH_MAX = 200
const FIELD_NAME = /^[A-Za-z]\w*$/

interface Field {
  readonly name: string
  readonly type: string
  readonly isArray: boolean
}

interface Definition {
  readonly name: string
  readonly kind: 'ENUM' | 'STRUCT' | 'MESSAGE'
  /** By the number that stands for a field, or a member, in the data. */
  readonly byValue: ReadonlyMap<number, Field>
  readonly inOrder: readonly Field[]
}

const broken = (why: string) => new ReadStop('bad-kiwi', `The design's data cannot be read: ${why}`)

function readSchema(bytes: Uint8Array): Map<string, Definition> {
  const { definitions } = decodeBinarySchema(bytes)
  return new Map(
    definitions.map((definition) => {
      const fields = definition.fields.map((field) => {
        if (!FIELD_NAME.test(field.name)) throw broken('its schema has a field without a proper name')
        return { name: field.name, type: field.type ?? '', isArray: field.isArray, value: field.value }
      })
      const byValue = new Map<number, Field>(fields.map((field) => [field.value, field]))
      return [definition.name, { name: definition.name, kind: definition.kind, byValue, inOrder: fields }]
    }),
  )
}

/** Every value costs at least a byte of input, but an empty struct costs none: this many free ones are borne. */
const FREE_VALUES = 10_000

class Reader {
  readonly #buffer: ByteBuffer
  readonly #schema: ReadonlyMap<string, Definition>
  #valuesLeft: number

  constructor(schema: ReadonlyMap<string, Definition>, data: Uint8Array) {
    this.#schema = schema
    this.#buffer = new ByteBuffer(data)
    this.#valuesLeft = data.length + FREE_VALUES
  }

  message(name: string): KiwiFields {
    const definition = this.#schema.get(name)
    if (!definition) throw broken(`its schema has no ${name}`)
    return this.#structured(definition, 0) as KiwiFields
  }

  #structured(definition: Definition, depth: number): unknown {
    if (depth > DEPTH_MAX) throw broken('values are nested too deep')
    if (definition.kind === 'ENUM') return definition.byValue.get(this.#buffer.readVarUint())?.name
    const fields: Record<string, unknown> = {}
    if (definition.kind === 'STRUCT') {
      for (const field of definition.inOrder) fields[field.name] = this.#field(field, depth)
      return fields
    }
    for (let value = this.#buffer.readVarUint(); value !== 0; value = this.#buffer.readVarUint()) {
      const field = definition.byValue.get(value)
      if (!field) throw broken(`${definition.name} has a field that its schema does not know`)
      fields[field.name] = this.#field(field, depth)
    }
    return fields
  }

  #field(field: Field, depth: number): unknown {
    if (!field.isArray) return this.#value(field.type, depth)
    if (field.type === 'byte') return this.#buffer.readByteArray()
    const length = this.#buffer.readVarUint()
    if (length > this.#valuesLeft) throw broken('a list is longer than the file')
    const items: unknown[] = []
    for (let index = 0; index < length; index++) items.push(this.#value(field.type, depth))
    return items
  }

  #value(type: string, depth: number): unknown {
    this.#valuesLeft -= 1
    if (this.#valuesLeft < 0) throw broken('it holds more values than bytes')
    switch (type) {
      case 'bool':
        return this.#buffer.readByte() !== 0
      case 'byte':
        return this.#buffer.readByte()
      case 'int':
        return this.#buffer.readVarInt()
      case 'uint':
        return this.#buffer.readVarUint()
      case 'float':
        return this.#buffer.readVarFloat()
      case 'string':
        return this.#buffer.readString()
      case 'int64':
        return Number(this.#buffer.readVarInt64())
      case 'uint64':
        return Number(this.#buffer.readVarUint64())
    }
    const definition = this.#schema.get(type)
    if (!definition) throw broken(`its schema has no ${type}`)
    return this.#structured(definition, depth + 1)
  }
}

/**
 * @returns Figma's `Message`: `nodeChanges`, `blobs`, …
 * @throws ReadStop `bad-kiwi`
 */
export function decodeMessage(schema: Uint8Array, data: Uint8Array): KiwiFields {
  try {
    return new Reader(readSchema(schema), data).message('Message')
  } catch (error) {
    if (error instanceof ReadStop) throw error
    throw broken(String((error as Error).message ?? error).slice(0, 120))
  }
}
