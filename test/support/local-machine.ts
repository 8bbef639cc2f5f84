import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, synthesise } from '../../local/assembly/synthesise';
import type { Machine, MachineOptions } from '../../local/machine';
import { startMachine } from '../../local/start-machine';

export type LocalMachine = Machine & {
  /** The API key's `Authorization` header. */
  readonly authorization: string;
  /** The control endpoint and model endpoint of the Bedrock simulator. */
  readonly simulatorUrl: string;
};

/**
 * Boots the whole local machine in this process, on a free port, without the throttling of the API's stage. The assembly is
 * synthesised once for the same sources. Stop it in `afterAll`; its files go with it.
 */
export const startLocalMachine = async (options: Partial<MachineOptions> = {}): Promise<LocalMachine> => {
  const directory = mkdtempSync(join(tmpdir(), 'fluxgate-machine-'));
  const region = options.region ?? 'us-east-1';
  const machine = await startMachine({
    port: 0,
    region,
    directory: () => directory,
    bedrock: 'simulated',
    unthrottled: true,
    synthesise: (children) =>
      synthesise({ root: PROJECT_ROOT, region, shell: process.env, children, onProgress: () => undefined }),
    ...options,
  });
  return {
    ...machine,
    authorization: `Bearer ${machine.apiKey}`,
    simulatorUrl: machine.simulator?.url ?? '',
    stop: async () => {
      await machine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
