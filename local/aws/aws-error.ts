/** An error as an AWS service answers it: a code, an HTTP status, and what else the service writes beside them. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** Further members of the error document, such as `CancellationReasons`. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(error: {
    code: string;
    status: number;
    message: string;
    fields?: Record<string, unknown>;
    cause?: unknown;
  }) {
    super(error.message, { cause: error.cause });
    this.code = error.code;
    this.status = error.status;
    this.fields = error.fields ?? {};
  }
}
