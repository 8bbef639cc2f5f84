import { trace as api } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { StartTrace } from '../../../lambdas/core/telemetry/ports';
import { createStartTrace } from '../../../lambdas/core/telemetry/trace';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createGatewayTables, createTestGateway, type GatewayTables } from '../../support/gateway';
import { pretendToBeLambda } from '../../support/lambda-environment';
import { type Told, tellOfSegment, tellOfSpans, toLines } from '../../support/traces/tree';
import { startXRayDaemon } from '../../support/xray-daemon';
import { KINDS, type Kind } from './traces/kinds';

/** Within one minute: a limit on requests a minute is not to be renewed between two of them. */
const NOW = Date.parse('2026-11-21T10:00:30.000Z');
const SAMPLED = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

describe.each(['xray', 'adot'] as const)('the trace of a request, with %s', (tracing) => {
  pretendToBeLambda();
  const exporter = new InMemorySpanExporter();
  const { client } = dynamoDbOfTests();
  let tables: GatewayTables;
  let daemon: Awaited<ReturnType<typeof startXRayDaemon>>;

  beforeAll(async () => {
    api.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    tables = await createGatewayTables(client);
  });
  afterAll(async () => {
    api.disable();
  });
  beforeEach(async () => {
    exporter.reset();
    daemon = await startXRayDaemon();
  });
  afterEach(() => daemon.stop());

  const startTrace = (): StartTrace =>
    createStartTrace({
      tracing,
      service: 'fluxgate',
      slowSeconds: 30,
      env: { _X_AMZN_TRACE_ID: SAMPLED, AWS_XRAY_DAEMON_ADDRESS: daemon.address },
      now: ticking(),
      onFailure: (error) => {
        throw error;
      },
    });

  const traceOf = async ({ script, caller, body, repeated }: Kind): Promise<Told> => {
    const { send } = createTestGateway({ client, tables, script, startTrace: startTrace(), now: () => NOW });
    const by = caller();
    if (repeated) await send(by, body);
    const sent = daemon.received.length;
    exporter.reset();
    await send(by, body);
    if (tracing === 'adot') return tellOfSpans(exporter.getFinishedSpans());
    const [document] = (await daemon.arrived(repeated ? 2 : 1)).slice(repeated ? 1 : sent);
    if (document === undefined) throw new Error('Nothing arrived.');
    return tellOfSegment(document);
  };

  it.each(KINDS)('is one tree for $name', async (kind) => {
    const told = await traceOf(kind);

    expect(toLines(told.tree)).toEqual(toLines(kind.tree));
    expect(told.annotations).toMatchObject(kind.annotations);
    expect(told.exceptions).toEqual(kind.exceptions ?? {});
  });
});

/** A clock of which no two readings are equal, so that steps have an order. */
function ticking(): () => number {
  let time = Date.parse('2026-11-21T10:00:00.000Z');
  return () => {
    time += 1;
    return time;
  };
}
