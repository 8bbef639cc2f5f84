import { pretendToBeLambda } from '../../../support/lambda-environment';
import { type Segment, startXRayDaemon } from '../../../support/xray-daemon';

const SAMPLED = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const MODEL = 'claude-haiku-4-5';

type Tracing = typeof import('../../../../lambdas/core/library/tracing');
type Context = typeof import('../../../../lambdas/core/library/log-context');

/** The library as a new process has it. */
const load = async (): Promise<Tracing & Context> => {
  jest.resetModules();
  return {
    ...(await import('../../../../lambdas/core/library/tracing')),
    ...(await import('../../../../lambdas/core/library/log-context')),
  };
};

const namesIn = ({ name, subsegments = [] }: Segment): unknown[] => [name, ...subsegments.map(namesIn)];

describe('a traced request', () => {
  pretendToBeLambda();

  let daemon: Awaited<ReturnType<typeof startXRayDaemon>>;
  beforeEach(async () => {
    daemon = await startXRayDaemon();
  });
  afterEach(() => daemon.stop());

  const aLibrary = async () => {
    const library = await load();
    const failures: unknown[] = [];
    library.initTracing({
      serviceName: 'router',
      env: { _X_AMZN_TRACE_ID: SAMPLED, AWS_XRAY_DAEMON_ADDRESS: daemon.address },
      onFailure: (error) => failures.push(error),
    });
    return { ...library, failures };
  };
  const treeOf = async () => {
    const [document] = await daemon.arrived(1);
    if (document === undefined) throw new Error('Nothing arrived.');
    return document;
  };

  it('is one tree of the steps that requests have in common, with what is known of each', async () => {
    const { withRequestSpan, traceCacheLookup, traceBedrockCall, traceCostCalculation, endSpanSuccess, failures } =
      await aLibrary();

    const answer = await withRequestSpan(
      { operation: 'summarise', model: MODEL, maxTokens: 200, routingStrategy: 'cost' },
      async (span) => {
        await traceCacheLookup(span, { model: MODEL, cacheType: 'exact' }, async () => undefined);
        const text = await traceBedrockCall(span, { model: MODEL, inputTokens: 12, maxTokens: 200 }, async () => 'Hi.');
        await traceCostCalculation(span, { model: MODEL, inputTokens: 12, outputTokens: 3 }, async () => 0.1);
        endSpanSuccess(span, { cost_usd: 0.1 });
        return text;
      },
    );

    const tree = await treeOf();
    expect(answer).toBe('Hi.');
    expect(failures).toEqual([]);
    expect(namesIn(tree)).toEqual(['summarise', ['cache.lookup'], ['bedrock.invoke_model'], ['cost.calculate']]);
    expect(tree.annotations).toMatchObject({
      operation: 'summarise',
      model_id: MODEL,
      max_tokens: 200,
      routing_strategy: 'cost',
      status: 'success',
      cost_usd: 0.1,
    });
    expect(tree.subsegments?.map(({ annotations }) => annotations)).toMatchObject([
      { model_id: MODEL, cache_type: 'exact' },
      { model_id: MODEL, input_tokens: 12, max_tokens: 200 },
      { model_id: MODEL, input_tokens: 12, output_tokens: 3 },
    ]);
  });

  it('throws what its work throws, and shows it on the step where it happened', async () => {
    const { withRequestSpan, traceBedrockCall } = await aLibrary();
    const broken = async () => {
      throw new TypeError('No such model.');
    };

    const asked = withRequestSpan({ operation: 'summarise', model: MODEL }, (span) =>
      traceBedrockCall(span, { model: MODEL }, broken),
    );

    await expect(asked).rejects.toThrow('No such model.');
    const tree = await treeOf();
    expect(tree.fault).toBe(true);
    expect(tree.subsegments?.[0]?.cause?.exceptions[0]).toMatchObject({ type: 'TypeError', message: 'No such model.' });
  });

  it('shows an exception that its work had caught', async () => {
    const { withRequestSpan, recordException } = await aLibrary();

    await withRequestSpan({ operation: 'summarise', model: MODEL }, async (span) => {
      recordException(span, new Error('The cache is down.'));
    });

    expect((await treeOf()).cause?.exceptions[0]?.message).toBe('The cache is down.');
  });

  it('shows an exception once that was recorded and then thrown on', async () => {
    const { withRequestSpan, recordException } = await aLibrary();
    const error = new Error('The cache is down.');

    const asked = withRequestSpan({ operation: 'summarise', model: MODEL }, async (span) => {
      recordException(span, error);
      throw error;
    });

    await expect(asked).rejects.toThrow(error);
    expect((await treeOf()).cause?.exceptions).toHaveLength(1);
  });

  it('keeps the end that a step was given first', async () => {
    const { withRequestSpan, endSpanSuccess } = await aLibrary();

    await withRequestSpan({ operation: 'summarise', model: MODEL }, async (span) => {
      const step = span.child('early');
      endSpanSuccess(step);
      await new Promise((resolve) => setTimeout(resolve, 20));
      endSpanSuccess(step);
    });

    const { subsegments: [step] = [], end_time } = await treeOf();
    expect((end_time - (step?.end_time ?? 0)) * 1_000).toBeGreaterThan(10);
  });

  it('puts its ids on the lines that are logged within', async () => {
    const { withRequestSpan, getCurrentTraceId } = await aLibrary();
    const ids: unknown[] = [];

    await withRequestSpan({ operation: 'summarise', model: MODEL }, async () => {
      await null;
      ids.push(getCurrentTraceId());
    });

    expect(ids).toEqual(['5759e988bd862e3fe1be46a994272793']);
    expect(getCurrentTraceId()).toBeUndefined();
  });
});

it('a request cannot be traced before it is said how', async () => {
  const { withRequestSpan } = await load();

  await expect(withRequestSpan({ operation: 'x', model: MODEL }, async () => 1)).rejects.toThrow('Call initTracing(');
});

it('nothing is sent when tracing is off, and the trace id goes on', async () => {
  const { initTracing, withRequestSpan, getCurrentTraceId } = await load();
  initTracing({ serviceName: 'router', tracing: 'off', env: { _X_AMZN_TRACE_ID: SAMPLED } });

  const traceId = await withRequestSpan({ operation: 'x', model: MODEL }, async () => getCurrentTraceId());

  expect(traceId).toBe('5759e988bd862e3fe1be46a994272793');
});
