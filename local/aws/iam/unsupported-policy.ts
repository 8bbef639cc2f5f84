/** A policy uses what the local evaluator does not know. Nothing is allowed on a guess: the call fails, and this says why. */
export class UnsupportedPolicy extends Error {
  override readonly name = 'UnsupportedPolicy';
}
