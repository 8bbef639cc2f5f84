import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartTrace } from '../../../../lambdas/core/telemetry/ports';
import { buildFunction } from '../../../../lib/bundle';
import { pretendToBeLambda } from '../../../support/lambda-environment';
import { startXRayDaemon } from '../../../support/xray-daemon';

const SAMPLED = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bundle-'));

describe('the Tracer in a bundle', () => {
  pretendToBeLambda();
  const files = buildFunction('lambdas/core/telemetry/trace.ts', folder);
  let daemon: Awaited<ReturnType<typeof startXRayDaemon>>;
  beforeAll(async () => {
    daemon = await startXRayDaemon();
  });
  afterAll(async () => {
    await daemon.stop();
    rmSync(folder, { recursive: true });
  });

  it('sends one whole tree when it is asked to, and follows no promise of the process', async () => {
    const { createStartTrace } = require(join(folder, 'index.js'));
    const startTrace: StartTrace = createStartTrace({
      tracing: 'xray',
      service: 'fluxgate',
      slowSeconds: 30,
      env: { _X_AMZN_TRACE_ID: SAMPLED, AWS_XRAY_DAEMON_ADDRESS: daemon.address },
      now: Date.now,
      onFailure: (error: unknown) => {
        throw error;
      },
    });
    const { root, send } = startTrace('chat_completion');
    root.child('routing.decide').end();
    root.child('cache.lookup').annotate('cache_hit', true);
    root.end();

    await send();

    const [document] = await daemon.arrived(1);
    expect(document).toMatchObject({
      name: 'chat_completion',
      annotations: { Service: 'fluxgate' },
      subsegments: [{ name: 'routing.decide' }, { name: 'cache.lookup', annotations: { cache_hit: true } }],
    });
    expect(daemon.received).toHaveLength(1);
    // cls-hooked leaves this behind when it turns async hooks on.
    expect(Reflect.get(process, 'namespaces')).toBeUndefined();
  });

  it('holds neither cls-hooked nor semver', () => {
    expect(files.filter((path) => /node_modules\/(cls-hooked|semver)\//.test(path))).toEqual([]);
    expect(files.some((path) => path.includes('@aws-lambda-powertools/tracer'))).toBe(true);
  });
});
