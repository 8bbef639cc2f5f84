/** What the person at the keyboard can put right; `message` is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
