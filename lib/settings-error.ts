/** The deployment was asked for wrongly; the message says what to change. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
