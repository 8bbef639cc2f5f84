import { UsageError } from './usage-error';

/** Causes that a user can put right, by the name of the SDK's error. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'no AWS credentials were found; sign in, or set AWS_PROFILE',
  ExpiredTokenException: 'your AWS credentials have expired; sign in again',
  ExpiredToken: 'your AWS credentials have expired; sign in again',
};

/** One sentence about a failed AWS call. */
export const explainAwsError = (cause: unknown, what: string): UsageError => {
  if (!(cause instanceof Error)) return new UsageError(`${what}.`, { cause });
  const missingRegion = cause.message.startsWith('Region is missing');
  const why = missingRegion
    ? 'no Region is configured; name one with --region'
    : (ADVICE[cause.name] ?? firstLine(cause));
  return new UsageError(`${what}: ${why.replace(/\.$/, '')}.`, { cause });
};

const firstLine = ({ name, message }: Error): string => message.split('\n')[0] || name;
