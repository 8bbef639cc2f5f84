import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { type MetricMetadata, type Sample, STALE, type TimeSeries, type WriteRequest } from './time-series';

/** The NaN that Prometheus takes for the end of a series; no other NaN is. */
const STALE_BITS = 0x7ff0000000000002n;

/** `prometheus.MetricMetadata.MetricType` */
const KINDS: Readonly<Record<MetricMetadata['kind'], number>> = { counter: 1, gauge: 2, histogram: 3 };

/** A request as remote write 1.0 has it: `prometheus.WriteRequest`, compressed as one block of snappy. */
export const encodeWriteRequest = ({ series, metadata }: WriteRequest): Uint8Array => {
  const writer = new BinaryWriter();
  for (const one of series) writeSeries(writer.tag(1, WireType.LengthDelimited).fork(), one).join();
  for (const one of metadata) writeMetadata(writer.tag(3, WireType.LengthDelimited).fork(), one).join();
  return compress(writer.finish());
};

const writeSeries = (writer: BinaryWriter, { labels, samples }: TimeSeries): BinaryWriter => {
  for (const [name, value] of labels) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name).tag(2, WireType.LengthDelimited).string(value).join();
  }
  for (const sample of samples) writeSample(writer.tag(2, WireType.LengthDelimited).fork(), sample).join();
  return writer;
};

const writeSample = (writer: BinaryWriter, { value, timestampMs }: Sample): BinaryWriter => {
  writer.tag(1, WireType.Bit64);
  // As a number this NaN would lose the bits that tell it from others.
  if (value === STALE) writer.fixed64(STALE_BITS);
  else writer.double(value);
  return writer.tag(2, WireType.Varint).int64(timestampMs);
};

const writeMetadata = (writer: BinaryWriter, { name, kind, help }: MetricMetadata): BinaryWriter =>
  writer
    .tag(1, WireType.Varint)
    .int32(KINDS[kind])
    .tag(2, WireType.LengthDelimited)
    .string(name)
    .tag(4, WireType.LengthDelimited)
    .string(help);
