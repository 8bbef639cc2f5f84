import { ProviderError, type ProviderErrorKind } from '../../../lambdas/core/errors';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { toRecordContext } from '../../../lambdas/core/telemetry/log-fields';
import { createAnnounce } from '../../../lambdas/gateway/announce';
import { createAttemptEvents } from '../../../lambdas/gateway/attempt-events';
import { toLogContext } from '../../../lambdas/gateway/log-context';
import { createReceipt, type Receipt } from '../../../lambdas/gateway/receipt';
import { toReceivedFields } from '../../../lambdas/gateway/received-fields';
import type { GatewayRequest } from '../../../lambdas/gateway/request';
import { anAttempt, aRequestRecord, MODEL, OTHER_MODEL } from '../../support/a-request-record';
import { aCall } from '../../support/call';
import { anAccount, anApiKey } from '../../support/caller';
import { createFakeLog } from '../../support/fake-log';
import { aTarget } from '../../support/target';

const aReceipt = (request: Partial<GatewayRequest> = {}, changes: Partial<Receipt> = {}): Receipt => ({
  ...createReceipt(
    {
      method: 'POST',
      path: '/v1/chat/completions',
      headers: {},
      body: Buffer.from('{}'),
      ids: { requestId: 'r1', clientRequestId: 'r1', correlationId: 'c1', sessionId: 's1' },
      receivedAt: 0,
      remainingMs: () => 900_000,
      coldStart: false,
      ...request,
    },
    '/v1/chat/completions',
  ),
  ...changes,
});

const aChat = (model: string, user?: string) => ({
  call: aCall({ model }),
  stream: false,
  includeUsage: false,
  user,
  metadata: {},
});

describe('the ids of a request under way', () => {
  const debugging = { account: anAccount(), key: anApiKey({ scopes: ['chat', 'debug'] }) };
  const ordinary = { account: anAccount(), key: anApiKey() };

  it.each([
    ['asks, and its key may', 'true', debugging, true],
    ['asks, and its key may not', 'true', ordinary, false],
    ['does not ask', undefined, debugging, false],
    ['says something else', '1', debugging, false],
    ['is not known yet', 'true', undefined, false],
  ])('are those of a debugged request when it %s: %s', (_, header, caller, debugged) => {
    const receipt = aReceipt({ headers: header === undefined ? {} : { 'x-debug': header } }, { caller });

    expect(toLogContext(receipt).debug ?? false).toBe(debugged);
  });

  it('name the tenant, the key and the end user once they are known', () => {
    const receipt = aReceipt({}, { caller: ordinary, chat: aChat(MODEL, 'u'.repeat(1_000)) });

    expect(toLogContext(receipt)).toMatchObject({
      requestId: 'r1',
      correlationId: 'c1',
      sessionId: 's1',
      accountId: 'acme',
      keyId: 'key1',
      userId: 'u'.repeat(64),
    });
    expect(toLogContext(aReceipt())).toMatchObject({ requestId: 'r1', accountId: undefined, userId: undefined });
  });
});

describe('what is said of a request that has been read', () => {
  it('names a model of the catalogue, and no other text in its place', () => {
    expect(toReceivedFields(aReceipt(), aChat(MODEL)).requested_model).toBe(MODEL);
    expect(toReceivedFields(aReceipt(), aChat('fast')).requested_model).toBe('fast');
    expect(toReceivedFields(aReceipt(), aChat('a prompt in the wrong field')).requested_model).toBe('unknown');
  });

  it('has the same hash for the same address, and never the address', () => {
    const hashOf = (clientAddress?: string) =>
      toReceivedFields(aReceipt({ clientAddress }), aChat(MODEL)).client_ip_hash;

    expect(hashOf('203.0.113.7')).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf('203.0.113.7')).toBe(hashOf('203.0.113.7'));
    expect(hashOf('203.0.113.7')).not.toBe(hashOf('203.0.113.8'));
    expect(hashOf(undefined)).toBeUndefined();
  });
});

describe('the events of an attempt', () => {
  const failureOf = (kind: ProviderErrorKind) =>
    new ProviderError(kind, 'It did not answer.', { retryable: false, fallback: true, maybeBilled: false });
  const receipt = aReceipt({}, { attempts: [anAttempt({ outcome: 'timeout', durationMs: 12 })] });
  const target = aTarget();

  it.each([
    ['timeout', 'provider_timeout', ['provider_request_failed']],
    ['throttled', 'provider_throttled', ['provider_rate_limit_approaching', 'provider_request_failed']],
  ] as const)('tell of one that ended as %s', (kind, error_type, names) => {
    const log = createFakeLog();

    createAttemptEvents(log).onFailedAttempt(receipt, target, failureOf(kind));

    expect(log.events.map(({ name }) => name)).toEqual(names);
    expect(log.events.at(-1)).toMatchObject({
      fields: { provider: 'bedrock', model: target.model, attempt: 1, reason: kind, error_type, duration_ms: 12 },
      error: { message: 'It did not answer.' },
    });
  });

  it('count attempts from 1', () => {
    const log = createFakeLog();
    const { onAttempt } = createAttemptEvents(log);

    onAttempt(aReceipt(), target);
    onAttempt(receipt, target);

    expect(log.events.map(({ fields }) => fields?.attempt)).toEqual([1, 2]);
  });
});

describe('the announcement of a record', () => {
  const announced = async (record: RequestRecord) => {
    const log = createFakeLog();
    const reported: RequestRecord[] = [];
    const announce = createAnnounce({ log, report: async (one) => void reported.push(one) });
    await announce(record, toRecordContext(record));
    return { events: log.events.map(({ name, fields }) => ({ name, ...fields })), reported };
  };

  it('is its terminal line alone for a request that went as usual', async () => {
    const record = aRequestRecord();

    expect(await announced(record)).toEqual({ events: [], reported: [record] });
  });

  it('says that a fallback answered', async () => {
    const attempts = [anAttempt({ outcome: 'throttled' }), anAttempt({ model: OTHER_MODEL })];

    const { events } = await announced(aRequestRecord({ model: OTHER_MODEL, attempts }));

    expect(events).toEqual([{ name: 'fallback_success', model: OTHER_MODEL, provider: 'bedrock', attempts: 2 }]);
  });

  it('says how many requests a limit refused', async () => {
    const { events, reported } = await announced(
      aRequestRecord({ outcome: 'rate_limited', errorCode: 'requests_per_minute', attempts: [], count: 40 }),
    );

    expect(events).toMatchObject([{ name: 'rate_limit_exceeded', error_code: 'requests_per_minute', requests: 40 }]);
    expect(reported).toHaveLength(1);
  });
});
