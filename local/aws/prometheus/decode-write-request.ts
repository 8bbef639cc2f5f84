import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { uncompress } from 'snappyjs';
import type { WrittenMetadata, WrittenSample, WrittenSeries } from './written-series';

export type WriteRequest = { readonly series: readonly WrittenSeries[]; readonly metadata: readonly WrittenMetadata[] };

/** Reads the body of a remote write 1.0. Throws on what is no snappy block, or no `prometheus.WriteRequest`. */
export const decodeWriteRequest = (body: Uint8Array): WriteRequest => {
  const fields = readMessage(uncompress(body));
  return {
    series: messages(fields, 1).map((series) => ({
      labels: messages(series, 1).map((label) => [text(label, 1), text(label, 2)] as const),
      samples: messages(series, 2).map(toSample),
    })),
    metadata: messages(fields, 3).map((metadata) => ({
      type: Number(number(metadata, 1)),
      name: text(metadata, 2),
      help: text(metadata, 4),
    })),
  };
};

type Field = { readonly number: number; readonly value: bigint | Uint8Array };

/** A message without its schema: texts and messages as bytes, numbers as their bits. */
const readMessage = (bytes: Uint8Array): readonly Field[] => {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    fields.push({ number, value: readValue(reader, type) });
  }
  return fields;
};

const readValue = (reader: BinaryReader, type: WireType): Field['value'] => {
  if (type === WireType.LengthDelimited) return reader.bytes();
  if (type === WireType.Bit64) return BigInt(reader.fixed64());
  if (type === WireType.Varint) return BigInt(reader.int64());
  throw new Error(`A remote write has no field of the wire type ${type}.`);
};

const messages = (fields: readonly Field[], wanted: number): readonly (readonly Field[])[] =>
  fields.filter(({ number }) => number === wanted).map(({ value }) => readMessage(toBytes(value)));

const text = (fields: readonly Field[], wanted: number): string => {
  const value = fields.find((field) => field.number === wanted)?.value;
  return value === undefined ? '' : Buffer.from(toBytes(value)).toString('utf8');
};

const number = (fields: readonly Field[], wanted: number): bigint => {
  const value = fields.find((field) => field.number === wanted)?.value ?? 0n;
  if (typeof value !== 'bigint') throw new Error(`Field ${wanted} is no number.`);
  return value;
};

const toBytes = (value: Field['value']): Uint8Array => {
  if (typeof value === 'bigint') throw new Error('A field that should hold bytes is a number.');
  return value;
};

const toSample = (fields: readonly Field[]): WrittenSample => {
  const bits = number(fields, 1);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return { value: view.getFloat64(0), bits, timestampMs: Number(number(fields, 2)) };
};
