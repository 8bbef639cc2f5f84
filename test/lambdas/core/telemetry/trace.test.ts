import { GatewayError, ProviderError } from '../../../../lambdas/core/errors';
import { describeRequest } from '../../../../lambdas/core/telemetry/describe-request';
import type { Trace } from '../../../../lambdas/core/telemetry/ports';
import { createStartTrace } from '../../../../lambdas/core/telemetry/trace';
import { aRequestRecord, MODEL } from '../../../support/a-request-record';
import { pretendToBeLambda } from '../../../support/lambda-environment';
import { startXRayDaemon } from '../../../support/xray-daemon';

const SAMPLED = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const UNSAMPLED = SAMPLED.replace('Sampled=1', 'Sampled=0');
const START = Date.parse('2026-11-21T10:00:00.000Z');

const flagsOf = ({ error, throttle, fault }: Record<string, unknown>) => ({ error, throttle, fault });

describe('a trace', () => {
  pretendToBeLambda();

  let daemon: Awaited<ReturnType<typeof startXRayDaemon>>;
  beforeEach(async () => {
    daemon = await startXRayDaemon();
  });
  afterEach(() => daemon.stop());

  const failures: unknown[] = [];
  const start = (header: string | undefined, options: { tracing?: 'xray' | 'off'; address?: string } = {}): Trace => {
    let time = START;
    return createStartTrace({
      tracing: options.tracing ?? 'xray',
      service: 'fluxgate',
      slowSeconds: 30,
      env: { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: options.address ?? daemon.address },
      now: () => {
        time += 10;
        return time;
      },
      onFailure: (error) => failures.push(error),
    })('chat_completion');
  };
  const sent = async (work: (trace: Trace) => void) => {
    const trace = start(SAMPLED);
    work(trace);
    await trace.send();
    const [document] = await daemon.arrived(1);
    if (document === undefined) throw new Error('Nothing arrived.');
    return document;
  };

  it('arrives as one tree under the segment of the invocation, with the times of its steps', async () => {
    const document = await sent(({ root }) => {
      root.child('cache.lookup').end();
      const attempt = root.child('provider_attempt_1');
      attempt.child('bedrock.invoke_model').end();
      attempt.end();
      root.end();
    });

    expect(document).toMatchObject({
      type: 'subsegment',
      name: 'chat_completion',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: '53995c3f42cd8ad8',
      start_time: START / 1000 + 0.01,
      end_time: START / 1000 + 0.08,
      subsegments: [
        { name: 'cache.lookup', start_time: START / 1000 + 0.02, end_time: START / 1000 + 0.03 },
        { name: 'provider_attempt_1', subsegments: [{ name: 'bedrock.invoke_model' }] },
      ],
    });
    expect(JSON.stringify(document)).not.toContain('in_progress');
    expect(daemon.received).toHaveLength(1);
  });

  it('shows a call of AWS as the service that it went to', async () => {
    const document = await sent(({ root }) => {
      const call = root.child('DynamoDB.GetItem', { service: 'DynamoDB', operation: 'GetItem', table: 'Cache' });
      call.answered({ httpStatusCode: 200, requestId: 'aws-1', attempts: 2 });
      call.end();
    });

    expect(document.subsegments).toMatchObject([
      {
        name: 'DynamoDB',
        namespace: 'aws',
        aws: { operation: 'GetItem', table_name: 'Cache', request_id: 'aws-1', retries: 1 },
        http: { response: { status: 200 } },
      },
    ]);
  });

  it('tells what a step calls which step called it', () => {
    const { root } = start(SAMPLED);

    expect(root.child('a').header()).toMatch(
      /^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1$/,
    );
    expect(root.child('a').header()).not.toBe(root.child('b').header());
  });

  it('says in metadata what other systems call the same fact', async () => {
    const document = await sent(({ root }) => {
      root.annotate('model_id', MODEL);
      root.annotate('cost_usd', 0.5);
    });

    expect(document.metadata).toEqual({ fluxgate: { 'model.id': MODEL, 'cost.total': 0.5, cost: 0.5 } });
  });

  it('gives logs and records its ids in hex digits', () => {
    const trace = start(SAMPLED);

    expect(trace.traceId).toBe('5759e988bd862e3fe1be46a994272793');
    expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('indexes annotations under keys that X-Ray takes, and keeps metadata under the service', async () => {
    const document = await sent(({ root }) => {
      root.annotate('cache.kind', 'exact');
      root.annotate('attempt', 2);
      root.metadata('cost_nano_usd', 1_500_000);
    });

    expect(document.annotations).toEqual({ Service: 'fluxgate', cache_kind: 'exact', attempt: 2 });
    expect(document.metadata).toEqual({ fluxgate: { cost_nano_usd: 1_500_000 } });
  });

  it('records an exception with its stack and no secrets', async () => {
    const document = await sent(({ root }) => {
      root.metadata('headers', { authorization: 'Bearer fg_abc_0123456789' });
      root.fail(new Error('refused fg_abc_0123456789'));
    });

    const [exception] = document.cause?.exceptions ?? [];
    expect(exception).toMatchObject({ type: 'Error', message: 'refused [REDACTED_GATEWAY_KEY]' });
    expect(exception?.stack[0]).toMatchObject({ path: expect.stringContaining('trace.test.ts') });
    expect(JSON.stringify(document)).not.toContain('0123456789"');
  });

  it.each([
    ['a fault of the gateway', new Error('bug'), { fault: true }],
    ['an error of the caller', new GatewayError('invalid_request', 'No messages.'), { error: true }],
    ['a rate limit', new GatewayError('requests_per_minute', 'Later.'), { error: true, throttle: true }],
    [
      'an answer of DynamoDB that a condition did not hold',
      awsError('ConditionalCheckFailedException', 'client'),
      { error: true },
    ],
    ['DynamoDB that throttled', awsError('ThrottlingException', 'client'), { error: true, throttle: true }],
    ['DynamoDB that failed', awsError('InternalServerError', 'server'), { fault: true }],
    ['a provider that failed', providerError('unavailable'), { fault: true }],
    ['a provider that throttled', providerError('throttled'), { error: true, throttle: true }],
  ])('flags %s', async (_, error, flags) => {
    const document = await sent(({ root }) => root.fail(error));

    expect(flagsOf(document)).toEqual(flags);
  });

  it('ends what nobody ended when it is sent, and ends nothing twice', async () => {
    const document = await sent(({ root }) => {
      root.child('left.open');
      const ended = root.child('ended');
      ended.end();
      ended.end();
    });

    expect(document.subsegments).toMatchObject([
      { name: 'left.open', start_time: START / 1000 + 0.02, end_time: START / 1000 + 0.05 },
      { name: 'ended', start_time: START / 1000 + 0.03, end_time: START / 1000 + 0.04 },
    ]);
  });

  it('keeps concurrent traces and concurrent steps apart', async () => {
    const traces = [start(SAMPLED), start(SAMPLED.replace('bd86', 'aaaa'))];
    await Promise.all(
      traces.map(async ({ root }, index) => {
        const steps = [root.child(`one-${index}`), root.child(`two-${index}`)];
        await Promise.all(
          steps.map(async (step) => {
            await null;
            step.child('inner').end();
            step.end();
          }),
        );
      }),
    );

    await Promise.all(traces.map((trace) => trace.send()));

    const documents = await daemon.arrived(2);
    expect(
      documents.map(({ trace_id, subsegments }) => [trace_id, subsegments?.map(({ name }) => name)]).sort(),
    ).toEqual([
      ['1-5759e988-aaaa2e3fe1be46a994272793', ['one-1', 'two-1']],
      ['1-5759e988-bd862e3fe1be46a994272793', ['one-0', 'two-0']],
    ]);
    expect(documents.flatMap(({ subsegments = [] }) => subsegments.map((step) => step.subsegments))).toEqual(
      Array(4).fill([expect.objectContaining({ name: 'inner' })]),
    );
  });

  it('splits a tree that is too large for one datagram, each part naming its parent', async () => {
    const trace = start(SAMPLED);
    const steps = ['a', 'b', 'c'].map((name) => {
      const step = trace.root.child(name);
      step.metadata(
        'text',
        Array.from({ length: 10 }, () => name.repeat(3_900)),
      );
      return step;
    });
    steps[0]?.metadata(
      'more',
      Array.from({ length: 10 }, () => 'x'.repeat(3_900)),
    );

    await trace.send();

    const documents = await daemon.arrived(4);
    const root = documents.find(({ name }) => name === 'chat_completion');
    expect(documents.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'chat_completion']);
    expect(root?.parent_id).toBe('53995c3f42cd8ad8');
    expect(documents.filter((document) => document !== root).every(({ parent_id }) => parent_id === root?.id)).toBe(
      true,
    );
    expect(documents.find(({ name }) => name === 'a')?.metadata).toBeUndefined();
    expect(documents.find(({ name }) => name === 'b')?.metadata).toBeDefined();
  });

  it.each([
    ['tracing is off', SAMPLED, 'off', '5759e988bd862e3fe1be46a994272793'],
    ['the invocation is not sampled', UNSAMPLED, 'xray', '5759e988bd862e3fe1be46a994272793'],
    ['Lambda gives no header', undefined, 'xray', expect.stringMatching(/^[0-9a-f]{32}$/)],
    ['the header is junk', 'Root=1-x;Parent=y;Sampled=1', 'xray', expect.stringMatching(/^[0-9a-f]{32}$/)],
  ] as const)('sends nothing when %s', async (_, header, tracing, traceId) => {
    const silent = start(header, { tracing });
    silent.root.child('cache.lookup').fail(new Error('x'));

    await silent.send();
    // Datagrams between two local sockets keep their order, so this one would come second.
    await start(SAMPLED).send();

    expect(silent.traceId).toEqual(traceId);
    expect(silent.spanId).toBeUndefined();
    expect(await daemon.arrived(1)).toHaveLength(1);
  });

  it('does not throw when there is no daemon, or none can be found', async () => {
    await start(SAMPLED, { address: '127.0.0.1:1' }).send();
    await start(SAMPLED, { address: 'nowhere' }).send();

    expect(failures).toMatchObject([{ message: expect.stringContaining('AWS_XRAY_DAEMON_ADDRESS') }]);
  });

  it('shows what an error was made of, outermost first', async () => {
    const document = await sent(({ root }) =>
      root.fail(new GatewayError('store_unavailable', 'Try again.', { cause: new TypeError('refused') })),
    );

    expect(document.cause?.exceptions.map(({ type, message }) => [type, message])).toEqual([
      ['GatewayError', 'Try again.'],
      ['TypeError', 'refused'],
    ]);
    expect(flagsOf(document)).toEqual({ fault: true });
  });

  it('leaves async hooks off, which the entry point of the X-Ray SDK turns on for the whole process', async () => {
    await sent(() => {});

    expect(Reflect.get(process, 'namespaces')).toBeUndefined();
  });

  it('can be searched by what the request was, and says it in GenAI terms too', async () => {
    const document = await sent(({ root }) => describeRequest(root, aRequestRecord({ cache: 'miss' })));

    expect(document.annotations).toMatchObject({
      operation: 'chat',
      model_id: MODEL,
      correlation_id: 'correlation-1',
      session_id: 'session-1',
      account_id: 'acme',
      cost_usd: 0.0015,
      total_tokens: 180,
      cache_hit: false,
    });
    expect(document.metadata?.fluxgate).toMatchObject({
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.output_tokens': 80,
    });
  });
});

function awsError(name: string, $fault: 'client' | 'server'): Error {
  return Object.assign(new Error('It failed.'), { name, $fault });
}

function providerError(kind: ConstructorParameters<typeof ProviderError>[0]): ProviderError {
  return new ProviderError(kind, 'It failed.', { retryable: true, fallback: true, maybeBilled: false });
}
