import * as v from 'valibot';
import { documentSchema, type Subsegment, type TraceDocument } from './document-schema';

const MOST_BYTES = 64 * 1024;
/** Of a trace; here of what comes at once. */
const MOST_ANNOTATIONS = 50;

/** Why X-Ray would refuse or misread a document; nothing when it is as it must be. */
export const findFaults = (document: unknown): string[] => {
  const read = v.safeParse(documentSchema, document);
  if (!read.success) return read.issues.map((issue) => `${v.getDotPath(issue) ?? 'document'} ${issue.message}`);
  return [...faultsOfDocument(read.output), ...faultsOfSteps(read.output)];
};

const faultsOfDocument = (document: TraceDocument): string[] => {
  const bytes = Buffer.byteLength(JSON.stringify(document));
  const ids = idsOf(document);
  const keys = new Set(keysOf(document));
  return [
    ...when(bytes > MOST_BYTES, `has ${bytes} bytes; the daemon takes ${MOST_BYTES}`),
    ...when(document.type === 'subsegment' && document.parent_id === undefined, 'is a subsegment without a parent_id'),
    ...when(new Set(ids).size < ids.length, 'has two steps with one id'),
    ...when(keys.size > MOST_ANNOTATIONS, `has ${keys.size} annotations; X-Ray indexes ${MOST_ANNOTATIONS}`),
  ];
};

const faultsOfSteps = (step: Subsegment): string[] => {
  const { name, start_time, end_time, in_progress, subsegments = [] } = step;
  return [
    ...when(end_time === undefined && in_progress !== true, `${name} has neither ended nor is it in progress`),
    ...when(end_time !== undefined && in_progress === true, `${name} has ended and is in progress`),
    ...when(end_time !== undefined && end_time < start_time, `${name} ends before it begins`),
    ...subsegments.flatMap(faultsOfSteps),
  ];
};

const when = (holds: boolean, fault: string): string[] => (holds ? [fault] : []);

const idsOf = ({ id, subsegments = [] }: Subsegment): string[] => [id, ...subsegments.flatMap(idsOf)];

const keysOf = ({ annotations = {}, subsegments = [] }: Subsegment): string[] => [
  ...Object.keys(annotations),
  ...subsegments.flatMap(keysOf),
];
