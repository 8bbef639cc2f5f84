/** Why a deployment cannot start; the message says what to do about it. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
}
