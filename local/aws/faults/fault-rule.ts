export const FAULT_KINDS = [
  /** DynamoDB writes and transactions: another transaction holds the item. Nothing is performed. */
  'TransactionConflict',
  /** The service's own throttling error. Nothing is performed. */
  'throttle',
  /** The service's own internal error, status 500. Nothing is performed. */
  'internalError',
  /** The call is performed, then the connection is cut before a byte of the answer. */
  'lostAnswer',
  /** The connection is cut and nothing is performed. */
  'lostRequest',
  /** The call is performed `delayMs` late, or once the rule is removed; a transaction holds its items meanwhile. */
  'delay',
  /** DynamoDB reads that are not consistent answer items as they were before the last write since the rule was added. */
  'staleRead',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULTY_SERVICES = ['dynamodb', 'bedrock', 'secretsmanager', 's3', 'lambda', 'aps'] as const;

export type ServiceName = (typeof FAULTY_SERVICES)[number];

/** Which calls go wrong, and how. Every field that is given must match; the first live rule that matches applies. */
export type FaultRule = {
  readonly service: ServiceName;
  readonly kind: FaultKind;
  /** The API's operation name: `UpdateItem`, `ConverseStream`, ... */
  readonly operation?: string;
  /** The name of the calling principal. */
  readonly principal?: string;
  /** DynamoDB: a table that the call touches. */
  readonly table?: string;
  /** DynamoDB: text that a key of the call contains; a key is written `pk` or `pk/sk`. S3: text in the object key. */
  readonly keyMatch?: string;
  /** How many calls go wrong before the rule is spent. */
  readonly times: number;
  /** How many matching calls pass unharmed first. @default 0 */
  readonly after?: number;
  /** For `delay`. @default 100 */
  readonly delayMs?: number;
};

/** A rule that was added, and what it has done so far. */
export type ActiveFault = {
  readonly id: string;
  readonly rule: FaultRule;
  /** Matching calls seen, harmed or not. */
  readonly seen: number;
  /** Calls harmed. */
  readonly hits: number;
};

/** The faults of a proxy, also reachable as `POST`, `GET` and `DELETE` on its path `/__fluxgate/faults`. */
export type Faults = {
  /** Adds a rule and returns its id; throws on a rule that can never apply. */
  add(rule: FaultRule): string;
  /** The rules added since the last `clear`, spent ones included, in order of addition. */
  list(): ActiveFault[];
  /** Ends a rule, and the delays that it has begun. */
  remove(id: string): void;
  /** Removes every rule. */
  clear(): void;
};
