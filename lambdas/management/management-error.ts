export type ManagementErrorCode = 'unknown_action' | 'invalid_field' | 'not_found' | 'conflict';

/** The operator's fault; `message` reaches the operator and says what to do. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly code: ManagementErrorCode;

  constructor(code: ManagementErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
