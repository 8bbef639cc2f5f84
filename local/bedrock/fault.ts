import { invalid } from './bedrock-error';

/**
 * What can go wrong on demand. `billed` says whether Bedrock would charge for the generation; a fault's own
 * `billed` or `unbilled` overrides it. Values count the events that go out before the fault.
 */
export const FAULTS = {
  throttle: { value: 'none', billed: 'nothing', meaning: 'answers 429 ThrottlingException' },
  status: { value: 'number', billed: 'nothing', meaning: 'answers this status with its exception' },
  timeout: { value: 'none', billed: 'nothing', meaning: 'never answers' },
  reset: { value: 'none', billed: 'nothing', meaning: 'closes the connection before any byte of the answer' },
  error: {
    value: 'number',
    billed: 'what was served',
    meaning: 'an exception in the stream after n events, as in error=2:throttlingException',
  },
  cut: { value: 'number', billed: 'everything', meaning: 'closes the connection after n events' },
  stall: { value: 'number', billed: 'everything', meaning: 'falls silent after n events and keeps the connection' },
  malformed: { value: 'number', billed: 'everything', meaning: 'sends a frame with a wrong checksum after n events' },
  usage: {
    value: 'above',
    billed: 'everything',
    meaning: 'reports and bills more than any estimate: twice the bytes in, twice maxTokens out',
  },
  'no-usage': { value: 'none', billed: 'everything', meaning: 'leaves the usage out' },
  empty: { value: 'none', billed: 'everything', meaning: 'answers with no content at all' },
} as const satisfies Record<string, { value: 'none' | 'number' | 'above'; billed: Billing; meaning: string }>;

export type Billing = 'nothing' | 'what was served' | 'everything';
export type FaultKind = keyof typeof FAULTS;

export type Fault = {
  kind: FaultKind;
  /** The status, or the count of events before the fault; 0 for the kinds that have none. */
  value: number;
  /** The exception of an `error`, in the stream's spelling. */
  exception: string;
  billed: Billing;
  /** How often it goes wrong before all is well; undefined is always. */
  times: number | undefined;
  /** Only for model ids that contain this. */
  model: string | undefined;
  /** As it was written; names the fault on the bill. */
  text: string;
};

const FAULT = /^([a-z-]+)(?:=(\w+))?(?::(\w+))?((?:[\s,]+(?:times=\d+|model=[^\s,]+|billed|unbilled))*)$/;
const DEFAULT_EXCEPTION = 'internalServerException';

const isFaultKind = (kind: string): kind is FaultKind => Object.hasOwn(FAULTS, kind);

const valueFits = (kind: FaultKind, value: string | undefined): boolean => {
  const wanted = FAULTS[kind].value;
  if (wanted === 'none') return value === undefined;
  return wanted === 'above' ? value === 'above' : value !== undefined && /^\d+$/.test(value);
};

const billingOf = (kind: FaultKind, options: string): Billing => {
  if (/\bunbilled\b/.test(options)) return 'nothing';
  return /\bbilled\b/.test(options) ? 'everything' : FAULTS[kind].billed;
};

/**
 * Reads `kind[=value][:exception] [times=n] [model=part] [billed|unbilled]`.
 * Throws ValidationException, so that a misspelt fault is seen and not taken for success.
 */
export const readFault = (text: string): Fault => {
  const [, kind = '', value, exception = DEFAULT_EXCEPTION, options = ''] = FAULT.exec(text.trim()) ?? [];
  if (!isFaultKind(kind) || !valueFits(kind, value))
    throw invalid(`The simulator knows no fault "${text}". Write one of: ${Object.keys(FAULTS).join(', ')}.`);
  const times = /times=(\d+)/.exec(options)?.[1];
  return {
    kind,
    value: Number(value) || 0,
    exception,
    billed: billingOf(kind, options),
    times: times === undefined ? undefined : Number(times),
    model: /model=([^\s,]+)/.exec(options)?.[1],
    text: text.trim(),
  };
};
