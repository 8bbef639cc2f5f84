import type { ChatEvent } from '../../../lambdas/core/chat/events';
import { ProviderError, type ProviderErrorKind } from '../../../lambdas/core/errors';
import type { Target } from '../../../lambdas/core/models/model';
import { costNanoUsd } from '../../../lambdas/core/models/price';
import type { AttemptOptions } from '../../../lambdas/core/providers/provider';
import { NO_SPAN } from '../../../lambdas/core/telemetry/step';
import { createDispatch } from '../../../lambdas/gateway/dispatch';
import { createPriceAnswer } from '../../../lambdas/gateway/price-answer';
import { createReceipt, type Receipt } from '../../../lambdas/gateway/receipt';
import { anAnswer, aUsage } from '../../support/builders';
import { aCall } from '../../support/call';
import { aTarget } from '../../support/target';

const HELD = 1_000_000;
/** What dispatch keeps back for settling. */
const RESERVE_MS = 10_000;

const FIRST = aTarget({ model: 'first' });
const SECOND = aTarget({ model: 'second' });

type Given = (ChatEvent | Error)[] | ((options: AttemptOptions) => AsyncIterable<ChatEvent>);

const failing = (
  kind: ProviderErrorKind,
  of: { retryable?: boolean; fallback?: boolean; maybeBilled?: boolean } = {},
): Error[] => [
  new ProviderError(kind, 'upstream text', { retryable: false, fallback: true, maybeBilled: false, ...of }),
];

const aReceipt = (targets: readonly Target[], remainingMs: number): Receipt => ({
  ...createReceipt(
    {
      method: 'POST',
      path: '/v1/chat/completions',
      headers: {},
      body: Buffer.alloc(0),
      ids: { requestId: 'r1', clientRequestId: 'r1', correlationId: 'r1', sessionId: 's1' },
      receivedAt: 0,
      remainingMs: () => remainingMs,
      coldStart: false,
    },
    '/v1/chat/completions',
  ),
  chat: { call: aCall(), stream: false, includeUsage: false, user: undefined, metadata: {} },
  targets,
});

/** Dispatch over providers that give these answers in turn, and holds that are always granted. */
const dispatching = (
  answers: Given[],
  of: { targets?: Target[]; remainingMs?: number; random?: number; providerTimeoutMs?: number } = {},
) => {
  const receipt = aReceipt(of.targets ?? [FIRST, SECOND], of.remainingMs ?? 900_000);
  const story: string[] = [];
  let asked = 0;
  const dispatch = createDispatch({
    providers: {
      bedrock: {
        async *stream(target, _, options) {
          story.push(`ask ${target.model}`);
          const given = answers[asked++] ?? [];
          if (typeof given === 'function') return yield* given(options);
          for (const event of given) {
            if (event instanceof Error) throw event;
            yield event;
          }
        },
      },
    },
    hold: async (held, { model }) => {
      story.push(`hold for ${model}, ${held.taken?.charge.nanoUsd ?? 'nothing'} charged before`);
      held.taken = {
        hold: { id: `h${story.length}`, requests: 1, tokens: 100, nanoUsd: HELD, takenAt: 0 },
        scopes: [],
        outputTokens: 50,
        charge: { requests: 1, tokens: 0, nanoUsd: 0 },
      };
    },
    price: createPriceAnswer({ costOf: costNanoUsd }),
    onAttempt: () => {},
    onFailedAttempt: () => {},
    onFallback: (_, from, to, { kind }) => story.push(`${from.model} -> ${to.model}: ${kind}`),
    providerTimeoutMs: of.providerTimeoutMs ?? 60_000,
    now: () => 0,
    random: () => of.random ?? 0,
  });
  const events: ChatEvent[] = [];
  const read = async (): Promise<void> => {
    for await (const event of dispatch(receipt, NO_SPAN)) events.push(event);
  };
  return { receipt, story, events, dispatch: () => dispatch(receipt, NO_SPAN), read };
};

const asks = (story: string[]): string[] => story.filter((line) => line.startsWith('ask'));

describe('dispatch', () => {
  it('gives the first answer as it comes, priced', async () => {
    const { read, events, receipt } = dispatching([anAnswer('Hi.', aUsage({ input: 10, output: 5 }))]);

    await read();

    expect(events).toEqual(anAnswer('Hi.', aUsage({ input: 10, output: 5 })));
    expect(receipt).toMatchObject({
      answered: { model: 'first' },
      taken: { charge: { nanoUsd: 10 * 3_000 + 5 * 15_000, tokens: 15 } },
      unmetered: false,
    });
  });

  it('asks a target three times at most, then the next', async () => {
    const busy = failing('throttled', { retryable: true });
    const { read, story } = dispatching([busy, busy, busy, anAnswer()]);

    await read();

    expect(asks(story)).toEqual(['ask first', 'ask first', 'ask first', 'ask second']);
    expect(story).toContain('first -> second: throttled');
  });

  it('does not ask again what will not change its mind', async () => {
    const { read, story } = dispatching([failing('denied'), anAnswer()]);

    await read();

    expect(asks(story)).toEqual(['ask first', 'ask second']);
  });

  it('asks nobody else when no other target would say anything else', async () => {
    const { read, story } = dispatching([failing('rejected', { fallback: false }), anAnswer()]);

    await expect(read()).rejects.toMatchObject({ code: 'provider_rejected_request' });

    expect(asks(story)).toEqual(['ask first']);
  });

  it('charges an attempt that may have been billed before it holds for another', async () => {
    const { read, story, receipt } = dispatching([failing('timeout', { maybeBilled: true }), anAnswer()]);

    await read();

    expect(story).toEqual([
      'hold for first, nothing charged before',
      'ask first',
      'first -> second: timeout',
      `hold for second, ${HELD} charged before`,
      'ask second',
    ]);
    expect(receipt).toMatchObject({ unmetered: true, attempts: [{ costNanoUsd: HELD }, { outcome: 'success' }] });
  });

  it('charges nothing for an attempt that was not billed', async () => {
    const { read, receipt, story } = dispatching([failing('unavailable'), anAnswer()]);

    await read();

    expect(story).toContain('hold for second, 0 charged before');
    expect(receipt).toMatchObject({ unmetered: false, attempts: [{ outcome: 'unavailable', costNanoUsd: 0 }, {}] });
  });

  it.each<[string, Given]>([
    ['fails after its first event', [{ type: 'text', text: 'Once' }, ...failing('throttled', { retryable: true })]],
    ['ends without a finish', [{ type: 'text', text: 'Once' }]],
  ])('asks nobody else when an answer %s: it is charged in full', async (_, given) => {
    const { read, story, receipt, events } = dispatching([given, anAnswer()]);

    await expect(read()).rejects.toMatchObject({ code: 'provider_stream_cut' });

    expect(asks(story)).toEqual(['ask first']);
    expect(events).toEqual([{ type: 'text', text: 'Once' }]);
    expect(receipt).toMatchObject({ unmetered: true, taken: { charge: { nanoUsd: HELD, tokens: 100 } } });
  });

  it('takes an adapter that breaks for an attempt that may have been billed, and asks the next', async () => {
    const { read, receipt } = dispatching([[new TypeError('of undefined')], anAnswer()]);

    await read();

    expect(receipt.attempts).toMatchObject([{ outcome: 'malformed', costNanoUsd: HELD }, { outcome: 'success' }]);
  });

  it.each<[string, Error[][], string]>([
    ['its own words when all failed alike', [failing('timeout'), failing('timeout')], 'provider_timeout'],
    ['that nobody answered when they differ', [failing('timeout'), failing('throttled')], 'no_provider_answered'],
  ])('tells the caller %s, and never the upstream text', async (_, answers, code) => {
    const { read } = dispatching(answers);

    const error = await read().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code, message: expect.not.stringContaining('upstream text') });
  });

  it('charges in full, as unmetered, what is not read to its end', async () => {
    const left: string[] = [];
    const { dispatch, receipt } = dispatching([
      async function* () {
        try {
          yield { type: 'text', text: 'Once' };
          yield { type: 'finish', reason: 'stop', usage: aUsage() };
        } finally {
          left.push('provider');
        }
      },
    ]);

    for await (const _ of dispatch()) break;

    expect(left).toEqual(['provider']);
    expect(receipt).toMatchObject({
      unmetered: true,
      taken: { charge: { nanoUsd: HELD } },
      attempts: [{ outcome: 'cut', costNanoUsd: HELD }],
    });
  });
});

describe('the time of a dispatch', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is kept back for settling: nobody is asked in it', async () => {
    const { read, story } = dispatching([anAnswer()], { remainingMs: RESERVE_MS });

    await expect(read()).rejects.toMatchObject({ code: 'provider_timeout' });

    expect(asks(story)).toEqual([]);
  });

  it.each([
    ['of the provider', { providerTimeoutMs: 3_000, remainingMs: 900_000 }, 3_000],
    ['left to the invocation', { providerTimeoutMs: 60_000, remainingMs: RESERVE_MS + 2_000 }, 2_000],
  ])('%s ends an attempt that hangs', async (_, limits, endsAfterMs) => {
    let signal: AbortSignal | undefined;
    const { read } = dispatching(
      [
        async function* (options) {
          signal = options.signal;
          await new Promise((resolve) => options.signal.addEventListener('abort', resolve));
          throw failing('timeout', { maybeBilled: true })[0];
        },
      ],
      { ...limits, targets: [FIRST] },
    );
    const reading = expect(read()).rejects.toMatchObject({ code: 'provider_timeout' });

    await jest.advanceTimersByTimeAsync(endsAfterMs - 1);
    const before = signal?.aborted;
    await jest.advanceTimersByTimeAsync(1);
    await reading;

    expect([before, signal?.aborted]).toEqual([false, true]);
  });

  it('is not spent on waiting for another try when the wait is longer', async () => {
    const { read, story } = dispatching([failing('throttled', { retryable: true }), anAnswer()], {
      remainingMs: RESERVE_MS + 50,
      random: 1,
      targets: [FIRST],
    });

    await expect(read()).rejects.toMatchObject({ code: 'provider_throttled' });

    expect(asks(story)).toEqual(['ask first']);
  });

  it('leaves no timer behind, whatever became of the attempts', async () => {
    const { read } = dispatching([failing('unavailable'), anAnswer()]);

    await read();

    expect(jest.getTimerCount()).toBe(0);
  });
});
