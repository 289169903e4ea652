// The manifest inside an ONNX file, among the properties that the format leaves to its writers.
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { OnnxError } from '../errors.ts'
import type { Manifest } from '../module/manifest.ts'
import { FIELDS } from './wire.ts'

const KEY = 'backprove.manifest'

/** The message of one property: the manifest as JSON. */
export function manifestProperty(manifest: Manifest): Uint8Array {
  return new BinaryWriter()
    .tag(FIELDS.property.key, WireType.LengthDelimited)
    .string(KEY)
    .tag(FIELDS.property.value, WireType.LengthDelimited)
    .string(JSON.stringify(manifest))
    .finish()
}

/** @throws OnnxError for bytes that `toOnnx` did not make */
export function readManifest(bytes: Uint8Array): Manifest {
  try {
    const found = find(bytes)
    if (found?.format === 'backprove-module' && found.version === 1) return found
  } catch {
    // No file of this kind; said below.
  }
  throw new OnnxError('these bytes hold no manifest: they were not made by toOnnx')
}

function find(bytes: Uint8Array): Manifest | undefined {
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    if (field !== FIELDS.model.property || wire !== WireType.LengthDelimited) {
      reader.skip(wire, field)
      continue
    }
    const property = new BinaryReader(reader.bytes())
    const entry: Record<number, string> = {}
    while (property.pos < property.len) {
      const [part] = property.tag()
      entry[part] = property.string()
    }
    if (entry[FIELDS.property.key] === KEY) return JSON.parse(entry[FIELDS.property.value]!)
  }
  return undefined
}
