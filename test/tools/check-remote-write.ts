/**
 * Writes to a real Prometheus what would go to Managed Prometheus: first series that are made up, through every turn that
 * a slot can take, then those of the local machine, four times a minute and through an outage.
 * Needs `prometheus` on the path. Exits with 1 when an answer is wrong.
 */
import { startPrometheusServer } from '../support/prometheus-server';
import { checkMachine } from './remote-write/check-machine';
import { checkProtocol } from './remote-write/check-protocol';

const startedAt = Date.now();
const say = (fact: string): void => {
  process.stdout.write(`[${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s]  ok  ${fact}\n`);
};

const main = async (): Promise<void> => {
  for (const check of [checkProtocol, checkMachine]) {
    const server = await startPrometheusServer();
    await check(server, say).finally(server.stop);
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
