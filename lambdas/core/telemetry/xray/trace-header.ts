/** What Lambda says about the trace of an invocation. */
export type TraceHeader = {
  /** `1-<8 hex>-<24 hex>` */
  root: string;
  /** The id of Lambda's own segment. */
  parentId: string;
  sampled: boolean;
};

const FIELD = /(?:^|;)\s*(Root|Parent|Sampled)=([^;\s]+)/g;

/** Reads `_X_AMZN_TRACE_ID`; undefined when there is no trace to add to. */
export const readTraceHeader = (header: string | undefined): TraceHeader | undefined => {
  const fields = new Map([...(header ?? '').matchAll(FIELD)].map(([, name, value]) => [name, value]));
  const root = fields.get('Root');
  const parentId = fields.get('Parent');
  if (root === undefined || !/^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(root)) return undefined;
  if (parentId === undefined || !/^[0-9a-f]{16}$/.test(parentId)) return undefined;
  return { root, parentId, sampled: fields.get('Sampled') === '1' };
};

/** The id that logs and records carry: 32 hex digits, as W3C writes it. */
export const toTraceId = ({ root }: TraceHeader): string => root.slice(2).replace('-', '');
