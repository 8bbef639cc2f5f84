import * as v from 'valibot';
import { ProviderError } from '../../errors';
import { toFailure, VERDICTS, type Verdict } from './failures';

/** The names that Bedrock and the SDK give their errors. */
const BY_NAME = new Map<string, Verdict>([
  ['ThrottlingException', VERDICTS.throttled],
  ['TooManyRequestsException', VERDICTS.throttled],
  ['ServiceQuotaExceededException', VERDICTS.overQuota],
  ['ModelNotReadyException', VERDICTS.notReady],
  ['ServiceUnavailableException', VERDICTS.failed],
  ['InternalServerException', VERDICTS.failed],
  ['ModelTimeoutException', VERDICTS.tookTooLong],
  ['ModelStreamErrorException', VERDICTS.cut],
  ['ModelErrorException', VERDICTS.modelFailed],
  ['ValidationException', VERDICTS.rejected],
  ['ConflictException', VERDICTS.rejected],
  ['AccessDeniedException', VERDICTS.denied],
  ['CredentialsProviderError', VERDICTS.denied],
  ['ResourceNotFoundException', VERDICTS.notFound],
]);

/** For errors without a known name. */
const BY_STATUS = new Map<number, Verdict>([
  [401, VERDICTS.denied],
  [403, VERDICTS.denied],
  [404, VERDICTS.notFound],
  [408, VERDICTS.tookTooLong],
  [429, VERDICTS.throttled],
]);

const NETWORK_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Bedrock refuses a model that it does not offer in the words of a wrong request, but another target may answer. */
const MODEL_MISSING = /model identifier is invalid|on-demand throughput/i;
const NOT_CONNECTED = /did not establish a connection/;
const TRUNCATED = /truncated event message/i;

const failure = v.object({
  name: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  code: v.fallback(v.string(), ''),
  $metadata: v.fallback(v.object({ httpStatusCode: v.optional(v.number()) }), {}),
  /** The SDK leaves the response here when it cannot make sense of it. */
  $response: v.optional(v.unknown()),
});

type Failure = v.InferOutput<typeof failure>;

const NO_FAILURE: Failure = { name: '', message: '', code: '', $metadata: {} };

const byName = ({ name, message }: Failure): Verdict | undefined => {
  // Errors within a stream are named like members, with a small first letter, when the SDK does not know them.
  const verdict = BY_NAME.get(name.charAt(0).toUpperCase() + name.slice(1));
  return verdict === VERDICTS.rejected && MODEL_MISSING.test(message) ? VERDICTS.notFound : verdict;
};

const byStatus = ({ $metadata: { httpStatusCode = 0 } }: Failure): Verdict | undefined => {
  if (httpStatusCode >= 500) return VERDICTS.failed;
  return BY_STATUS.get(httpStatusCode) ?? (httpStatusCode >= 400 ? VERDICTS.rejected : undefined);
};

const byConnection = ({ name, code, message }: Failure, answered: boolean): Verdict | undefined => {
  // Before the name: the SDK calls a reset connection a TimeoutError as well.
  if (NETWORK_CODES.has(code)) return answered ? VERDICTS.cut : VERDICTS.unreachable;
  if (name === 'TimeoutError') return NOT_CONNECTED.test(message) ? VERDICTS.unreachable : VERDICTS.tookTooLong;
  return TRUNCATED.test(message) ? VERDICTS.cut : undefined;
};

export type FailedAt = {
  /** The attempt was ended from our side. */
  aborted: boolean;
  /** Events of the answer had come: whatever ended it, the work had begun. */
  begun: boolean;
};

/** An error of the SDK, the network or the stream as what it means for the attempt. */
export const toProviderError = (error: unknown, { aborted, begun }: FailedAt): ProviderError => {
  if (error instanceof ProviderError) return error;
  const read = v.safeParse(failure, error);
  const found = read.success ? read.output : NO_FAILURE;
  const answered = begun || found.$response !== undefined;
  const verdict: Verdict = aborted
    ? VERDICTS.tookTooLong
    : (byName(found) ?? byStatus(found) ?? byConnection(found, answered) ?? VERDICTS.unreadable);
  const status = found.$metadata.httpStatusCode ?? 'none';
  return toFailure(
    { ...verdict, maybeBilled: verdict.maybeBilled || begun },
    `Bedrock failed an attempt: ${verdict.kind} (${found.code || found.name || 'no name'}, HTTP status ${status}).`,
    error,
  );
};
