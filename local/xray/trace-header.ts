import { randomBytes } from 'node:crypto';

/** What `X-Amzn-Trace-Id` and `_X_AMZN_TRACE_ID` carry. */
export type TraceHeader = {
  /** `1-<8 hex digits: seconds>-<24 hex digits>` */
  readonly root: string;
  /** 16 hex digits. */
  readonly parent: string | undefined;
  /** Undefined leaves the decision to the next one. */
  readonly sampled: boolean | undefined;
};

const ROOT = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const PARENT = /^[0-9a-f]{16}$/;

/** Reads a header that anyone may have written; what is not well formed is treated as absent, and a missing root made. */
export const readTraceHeader = (text: string | undefined): TraceHeader => {
  const fields = new Map((text ?? '').split(';').map(toField));
  const root = fields.get('root') ?? '';
  const parent = fields.get('parent') ?? '';
  const sampled = fields.get('sampled');
  return {
    root: ROOT.test(root) ? root : createTraceId(),
    parent: PARENT.test(parent) ? parent : undefined,
    sampled: sampled === '1' ? true : sampled === '0' ? false : undefined,
  };
};

export const toTraceHeader = ({ root, parent, sampled }: TraceHeader): string =>
  [
    `Root=${root}`,
    ...(parent === undefined ? [] : [`Parent=${parent}`]),
    ...(sampled === undefined ? [] : [`Sampled=${sampled ? 1 : 0}`]),
  ].join(';');

export const createTraceId = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `1-${seconds.padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
};

export const createSegmentId = (): string => randomBytes(8).toString('hex');

/** The trace and segment that a sampled header names. */
export const sampledParent = (text: string): { traceId: string; segmentId: string } | undefined => {
  const { root, parent, sampled } = readTraceHeader(text);
  return sampled === true && parent !== undefined ? { traceId: root, segmentId: parent } : undefined;
};

const toField = (part: string): [string, string] => {
  const [name = '', value = ''] = part.split('=');
  return [name.trim().toLowerCase(), value.trim()];
};
