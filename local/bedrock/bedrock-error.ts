/** Bedrock Runtime's exceptions and the statuses under which it sends them. */
export const EXCEPTIONS = {
  ValidationException: 400,
  ServiceQuotaExceededException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ThrottlingException: 429,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const satisfies Record<string, number>;

export type ExceptionName = keyof typeof EXCEPTIONS;

/** What a status is called when a fault names only the status. */
export const EXCEPTION_OF_STATUS: Readonly<Record<number, ExceptionName>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

/** An answer of the simulator that is not a success. */
export class BedrockError extends Error {
  override readonly name = 'BedrockError';
  readonly exception: ExceptionName;
  readonly status: number;

  /** `status` is the exception's own unless given. */
  constructor(exception: ExceptionName, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exception = exception;
    this.status = options.status ?? EXCEPTIONS[exception];
  }
}

/** The request itself is wrong. */
export const invalid = (message: string): BedrockError => new BedrockError('ValidationException', message);
