import { ProviderError } from '../../../../../lambdas/core/errors';
import { toProviderError } from '../../../../../lambdas/core/providers/bedrock/errors';

const BEFORE = { aborted: false, begun: false };
const WITHIN = { aborted: false, begun: true };

const failure = (name: string, changes: object = {}): Error =>
  Object.assign(new Error('secret words'), { name, ...changes });
const answered = (name: string, httpStatusCode: number, message = ''): Error =>
  failure(name, { message, $metadata: { httpStatusCode } });

const NOT_BILLED = { maybeBilled: false };
const MAYBE_BILLED = { maybeBilled: true };

describe('toProviderError, before the answer begins', () => {
  it.each<[string, Error, object]>([
    [
      'throttling',
      answered('ThrottlingException', 429),
      { kind: 'throttled', retryable: true, fallback: true, ...NOT_BILLED },
    ],
    [
      'an exhausted quota',
      answered('ServiceQuotaExceededException', 400),
      { kind: 'throttled', retryable: false, fallback: true, ...NOT_BILLED },
    ],
    [
      'a model that is not ready',
      answered('ModelNotReadyException', 429),
      { kind: 'unavailable', retryable: true, ...NOT_BILLED },
    ],
    [
      'an internal error',
      answered('InternalServerException', 500),
      { kind: 'unavailable', retryable: true, fallback: true, ...MAYBE_BILLED },
    ],
    [
      'an unavailable service',
      answered('ServiceUnavailableException', 503),
      { kind: 'unavailable', retryable: true, fallback: true, ...MAYBE_BILLED },
    ],
    [
      'a failing model',
      answered('ModelErrorException', 424),
      { kind: 'unavailable', retryable: false, fallback: true, ...MAYBE_BILLED },
    ],
    [
      'a slow model',
      answered('ModelTimeoutException', 408),
      { kind: 'timeout', retryable: false, fallback: true, ...MAYBE_BILLED },
    ],
    [
      'a failing stream',
      answered('ModelStreamErrorException', 424),
      { kind: 'cut', retryable: true, fallback: true, ...MAYBE_BILLED },
    ],
    [
      'a wrong request',
      answered('ValidationException', 400),
      { kind: 'rejected', retryable: false, fallback: false, ...NOT_BILLED },
    ],
    [
      'an unknown model',
      answered('ValidationException', 400, 'The provided model identifier is invalid.'),
      { kind: 'not_found', retryable: false, fallback: true, ...NOT_BILLED },
    ],
    [
      'a model that needs a profile',
      answered('ValidationException', 400, 'Invocation of model ID x with on-demand throughput isn’t supported.'),
      { kind: 'not_found', retryable: false, fallback: true, ...NOT_BILLED },
    ],
    [
      'a missing model',
      answered('ResourceNotFoundException', 404),
      { kind: 'not_found', fallback: true, ...NOT_BILLED },
    ],
    [
      'a missing permission',
      answered('AccessDeniedException', 403),
      { kind: 'denied', retryable: false, fallback: true, ...NOT_BILLED },
    ],
    ['an unknown 403', answered('ExpiredTokenException', 403), { kind: 'denied', ...NOT_BILLED }],
    ['an unknown 429', answered('Unknown', 429), { kind: 'throttled', ...NOT_BILLED }],
    ['an unknown 418', answered('Unknown', 418), { kind: 'rejected', ...NOT_BILLED }],
    [
      'a page of a proxy with status 502',
      Object.assign(new SyntaxError('<'), { $metadata: { httpStatusCode: 502 } }),
      { kind: 'unavailable', ...MAYBE_BILLED },
    ],
    [
      'a refused connection',
      failure('Error', { code: 'ECONNREFUSED' }),
      { kind: 'unavailable', retryable: true, fallback: true, ...NOT_BILLED },
    ],
    [
      'a reset without an answer',
      failure('Error', { code: 'ECONNRESET' }),
      { kind: 'unavailable', retryable: true, ...NOT_BILLED },
    ],
    [
      'a reset after the head',
      failure('Error', { code: 'ECONNRESET', $response: {} }),
      { kind: 'cut', ...MAYBE_BILLED },
    ],
    [
      'no connection in time',
      failure('TimeoutError', { message: 'the request socket did not establish a connection with the server' }),
      { kind: 'unavailable', retryable: true, ...NOT_BILLED },
    ],
    [
      'no answer in time',
      failure('TimeoutError', { code: 'ETIMEDOUT' }),
      { kind: 'timeout', retryable: false, ...MAYBE_BILLED },
    ],
    [
      'a truncated event',
      failure('Error', { message: 'Truncated event message received.' }),
      { kind: 'cut', ...MAYBE_BILLED },
    ],
    [
      'an event that is no JSON',
      new SyntaxError('Unexpected token'),
      { kind: 'malformed', retryable: false, fallback: true, ...MAYBE_BILLED },
    ],
    ['a wrong checksum', new Error('The message checksum does not match'), { kind: 'malformed', ...MAYBE_BILLED }],
  ])('%s', (_, error, expected) => {
    const providerError = toProviderError(error, BEFORE);

    expect(providerError).toMatchObject(expected);
    expect(providerError.cause).toBe(error);
  });

  it.each([undefined, null, 'text', 42])('takes a thrown %p for malformed', (thrown) => {
    expect(toProviderError(thrown, BEFORE)).toMatchObject({ kind: 'malformed', maybeBilled: true });
  });

  it('tells nothing of what Bedrock wrote', () => {
    expect(toProviderError(failure('ValidationException'), BEFORE).message).not.toContain('secret words');
  });

  it('leaves a ProviderError as it is', () => {
    const error = new ProviderError('cut', 'cut', { retryable: false, fallback: false, maybeBilled: false });

    expect(toProviderError(error, WITHIN)).toBe(error);
  });
});

describe('toProviderError, within the answer', () => {
  it.each<[string, Error, string]>([
    ['throttling', failure('ThrottlingException'), 'throttled'],
    ['throttling under its member name', failure('throttlingException'), 'throttled'],
    ['a wrong request', failure('ValidationException'), 'rejected'],
    ['a reset', failure('Error', { code: 'ECONNRESET' }), 'cut'],
    ['an internal error', failure('InternalServerException'), 'unavailable'],
  ])('%s may have been billed', (_, error, kind) => {
    expect(toProviderError(error, WITHIN)).toMatchObject({ kind, maybeBilled: true });
  });

  it('is a timeout when the attempt was ended from our side, whatever the socket says', () => {
    const error = toProviderError(failure('Error', { code: 'ECONNRESET' }), { aborted: true, begun: true });

    expect(error).toMatchObject({ kind: 'timeout', maybeBilled: true });
  });
});
