import { createStartTrace } from '../../../../lambdas/core/telemetry/trace';
import { readTraceparent } from '../../../../lambdas/core/telemetry/traceparent';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const LAMBDA = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';

const startWith = (tracing: 'xray' | 'adot' | 'off', lambda: string | undefined, traceparent: string | undefined) =>
  createStartTrace({
    tracing,
    service: 'fluxgate',
    slowSeconds: 30,
    env: { _X_AMZN_TRACE_ID: lambda },
    now: () => 0,
    onFailure: () => {},
  })('chat_completion', traceparent === undefined ? {} : { traceparent });

describe('the header traceparent', () => {
  it.each([
    ['sampled', `00-${TRACE}-${SPAN}-01`, true],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, false],
    ['sampled, with flags of later versions', `00-${TRACE}-${SPAN}-03`, true],
    ['of a later version, with more fields', `01-${TRACE}-${SPAN}-01-more`, true],
  ])('is read when it is %s', (_, header, sampled) => {
    expect(readTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['in upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['of no trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['of no step', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['of the version that there is not', `ff-${TRACE}-${SPAN}-01`],
    ['longer than its version', `00-${TRACE}-${SPAN}-01-more`],
    ['short', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['something else', 'Root=1-5759e988-bd862e3fe1be46a994272793'],
  ])('is ignored when it is %s', (_, header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});

describe('the trace id of a request', () => {
  const OF_LAMBDA = '5759e988bd862e3fe1be46a994272793';
  const CLIENT = `00-${TRACE}-${SPAN}-01`;
  const NEW = expect.stringMatching(/^[0-9a-f]{32}$/);

  it.each([
    ['xray', LAMBDA, CLIENT, { traceId: OF_LAMBDA, clientTraceId: TRACE }],
    ['xray', LAMBDA, undefined, { traceId: OF_LAMBDA, clientTraceId: undefined }],
    ['xray', LAMBDA, 'junk', { traceId: OF_LAMBDA, clientTraceId: undefined }],
    ['xray', LAMBDA, `00-${OF_LAMBDA}-${SPAN}-01`, { traceId: OF_LAMBDA, clientTraceId: undefined }],
    ['xray', undefined, CLIENT, { traceId: TRACE, clientTraceId: undefined }],
    ['xray', undefined, undefined, { traceId: NEW, clientTraceId: undefined }],
    ['adot', LAMBDA, CLIENT, { traceId: TRACE, clientTraceId: undefined }],
    ['adot', LAMBDA, undefined, { traceId: OF_LAMBDA, clientTraceId: undefined }],
    ['adot', undefined, undefined, { traceId: NEW, clientTraceId: undefined }],
    ['off', LAMBDA, CLIENT, { traceId: TRACE, clientTraceId: undefined }],
    ['off', LAMBDA, undefined, { traceId: OF_LAMBDA, clientTraceId: undefined }],
    ['off', undefined, undefined, { traceId: NEW, clientTraceId: undefined }],
  ] as const)('with %s, from Lambda %s and from the client %s, is known at once', (tracing, lambda, client, ids) => {
    const { traceId, clientTraceId } = startWith(tracing, lambda, client);

    expect({ traceId, clientTraceId }).toEqual(ids);
  });

  it('is another for every request that came without one', () => {
    const ids = Array.from({ length: 1_000 }, () => startWith('off', undefined, undefined).traceId);

    expect(new Set(ids).size).toBe(1_000);
  });
});
