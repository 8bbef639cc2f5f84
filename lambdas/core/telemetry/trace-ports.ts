/** Values that X-Ray indexes; everything else goes into metadata. */
export type AnnotationValue = string | number | boolean;

/** A call of an AWS service, in the service's own words. */
export type AwsCall = {
  /** `DynamoDB`, `BedrockRuntime`, ... */
  service: string;
  /** `GetItem`, `ConverseStream`, ... */
  operation: string;
  region?: string;
  /** The name of a DynamoDB table. */
  table?: string;
};

/** What the SDK tells of an answer, or of an error, under `$metadata`. */
export type AwsAnswer = {
  httpStatusCode?: number;
  requestId?: string;
  attempts?: number;
  /** What was called, when it was not what the step was opened for. */
  operation?: string;
};

/** One timed step. Parents are explicit: nothing here is process-wide, so concurrent steps cannot mix. */
export type Span = {
  /** False when nothing is kept: whoever would compute something for the trace only can leave that out. */
  readonly recording: boolean;
  /** Opens a child step; with `call`, one that is a call of AWS. */
  child(name: string, call?: AwsCall): Span;
  /** A fact that traces are searched by. Undefined is not a fact. */
  annotate(key: string, value: AnnotationValue | undefined): void;
  metadata(key: string, value: unknown): void;
  /** What AWS answered, on a step that is a call. */
  answered(answer: AwsAnswer): void;
  /** Records an exception with its stack and marks the step as failed. */
  fail(error: unknown): void;
  /** Ends the step; a second call changes nothing. */
  end(): void;
  /** `X-Amzn-Trace-Id` for what this step calls; undefined when nothing is recorded. */
  header(): string | undefined;
};

export type SendOptions = {
  /** Send it whatever was sampled, where that is for the gateway to decide. */
  keep?: boolean;
};

/** The tree of one request. Nothing leaves the process before `send`. */
export type Trace = {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits: the root step; absent when nothing of this request is recorded. */
  spanId?: string;
  /** The trace that the client named in `traceparent`, when this one is another: 32 hex digits. */
  clientTraceId?: string;
  root: Span;
  /** Sends the whole tree; called once, after the last byte. Never throws. */
  send(options?: SendOptions): Promise<void>;
};

/** Starts the trace of one invocation, given the headers of its request (lower-case names). */
export type StartTrace = (name: string, headers?: Readonly<Record<string, string>>) => Trace;
