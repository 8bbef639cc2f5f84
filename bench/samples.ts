/**
 * Counts the series that a deployment writes to Managed Prometheus, on the local machine, and what their samples cost a
 * month. Prints the table of docs/prometheus.md.
 */
import OpenAI from 'openai';
import { createKey } from '../test/e2e/support/keys';
import { until } from '../test/e2e/support/until';
import { createAssemblyWithEnvironment } from '../test/support/assembly-with-environment';
import { type LocalMachine, startLocalMachine } from '../test/support/local-machine';
import { toRow } from './samples/to-row';

const MODELS = ['claude-haiku-4-5', 'claude-sonnet-4-5'] as const;

const main = async (): Promise<void> => {
  console.log('| Series | at 60 s: samples a month | USD | at 15 s: samples a month | USD |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const aliases of ['off', 'on'] as const) {
    const counts = await countSeries(aliases);
    const names = aliases === 'on' ? ', under all names' : '';
    counts.forEach((series, models) => {
      const state = models === 0 ? 'idle' : `${models} of ${MODELS.length} models asked`;
      console.log(toRow(`${state}${names}`, series));
    });
  }
};

/** How many series there are before any request, and after one streamed and one buffered request of each model. */
const countSeries = async (aliases: 'on' | 'off'): Promise<number[]> => {
  const assembly = createAssemblyWithEnvironment({ ALIASES: aliases, INTERVAL_SECONDS: '15' });
  const machine = await startLocalMachine({ synthesise: assembly.synthesise });
  try {
    const { key } = await createKey(machine, {});
    const client = new OpenAI({ baseURL: `${machine.url}/v1`, apiKey: key, maxRetries: 0 });
    const counts = [await countNow(machine)];
    for (const model of MODELS) {
      await ask(client, model);
      counts.push(await countNow(machine));
    }
    return counts;
  } finally {
    await machine.stop();
    assembly.remove();
  }
};

const ask = async (client: OpenAI, model: string): Promise<void> => {
  const messages = [{ role: 'user' as const, content: 'hello' }];
  await client.chat.completions.create({ model, messages });
  for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
};

/** A run lasts four slots: the stream has been folded by the last. */
const countNow = async (machine: LocalMachine): Promise<number> => {
  const started = machine.awsProxy.metrics.series().length;
  await machine.invoke(machine.functionName('RemoteWriting'), Buffer.from('{}'));
  return until('more series are written', async () => {
    const count = machine.awsProxy.metrics.series().length;
    return count > started ? count : undefined;
  });
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
