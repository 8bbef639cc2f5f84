import { trace as api } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createStartTrace } from '../../../../lambdas/core/telemetry/trace';

const LAMBDA = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8';
const CLIENT = '4bf92f3577b34da6a3ce929d0e0e4736';

const exporter = new InMemorySpanExporter();

const start = (headers: Record<string, string> = {}, sampled: 0 | 1 = 1) =>
  createStartTrace({
    tracing: 'adot',
    service: 'fluxgate',
    slowSeconds: 30,
    env: { _X_AMZN_TRACE_ID: `${LAMBDA};Sampled=${sampled}` },
    now: () => 1_700_000_000_000,
    onFailure: (error) => {
      throw error;
    },
  })('chat_completion', headers);

describe('a trace told to OpenTelemetry', () => {
  beforeAll(() => {
    api.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  });
  beforeEach(() => exporter.reset());
  afterAll(() => api.disable());

  it('goes on where Lambda is, under ids that logs have from the first line on', async () => {
    const { traceId, spanId, send } = start();
    await send();

    const [span] = exporter.getFinishedSpans();
    expect(span?.spanContext()).toMatchObject({ traceId, spanId });
    expect(span?.parentSpanContext?.spanId).toBe('53995c3f42cd8ad8');
  });

  it('goes on where the client is, with its state, and is linked to Lambda’s', async () => {
    const { traceId, send } = start({ traceparent: `00-${CLIENT}-00f067aa0ba902b7-01`, tracestate: 'vendor=1' });
    await send();

    const [span] = exporter.getFinishedSpans();
    expect(traceId).toBe(CLIENT);
    expect(span?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
    expect(span?.spanContext().traceState?.serialize()).toBe('vendor=1');
    expect(span?.links.map(({ context }) => context.traceId)).toEqual(['5759e988bd862e3fe1be46a994272793']);
  });

  it('is told after its end, and not at all when it is not kept', async () => {
    const unsampled = start({}, 0);
    unsampled.root.child('routing.decide').end();
    await unsampled.send();
    const sampled = start();
    sampled.root.child('routing.decide').end();

    expect(exporter.getFinishedSpans()).toEqual([]);
    await sampled.send();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['routing.decide', 'chat_completion']);
  });

  it('is kept without having been sampled when its sender says so', async () => {
    const { send } = start({}, 0);

    await send({ keep: true });

    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['chat_completion']);
  });

  it('is kept without having been sampled when something failed in it', async () => {
    const failed = start({}, 0);
    failed.root.child('provider_attempt_1').fail(new TypeError('Bearer fg_abc_0123456789abcdef broke.'));
    await failed.send();

    const [attempt] = exporter.getFinishedSpans();
    expect(attempt?.events[0]?.attributes).toMatchObject({
      'exception.type': 'TypeError',
      'exception.stacktrace': expect.stringContaining('open-telemetry.test.ts'),
    });
    expect(JSON.stringify(attempt?.events)).not.toContain('0123456789abcdef');
  });

  it('calls AWS as what it is, and names what X-Ray should index', async () => {
    const { root, send } = start();
    const call = root.child('DynamoDB.GetItem', { service: 'DynamoDB', operation: 'GetItem', table: 'Cache' });
    call.answered({ httpStatusCode: 200, requestId: 'aws-1' });
    root.annotate('model_id', 'nova-lite');
    root.metadata('price', { input: 1 });
    await send();

    const [span, own] = exporter.getFinishedSpans();
    expect(span?.attributes).toMatchObject({
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'GetItem',
      'aws.dynamodb.table_names': ['Cache'],
      'aws.request_id': 'aws-1',
      'http.response.status_code': 200,
    });
    expect(own?.attributes).toMatchObject({
      model_id: 'nova-lite',
      'model.id': 'nova-lite',
      price: '{"input":1}',
      'aws.xray.annotations': ['model_id'],
    });
  });
});
