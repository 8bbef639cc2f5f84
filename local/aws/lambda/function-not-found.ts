/** Thrown by `invokeFunction` for a name that no function has; the caller gets Lambda's ResourceNotFoundException. */
export class FunctionNotFound extends Error {
  override readonly name = 'FunctionNotFound';
}
