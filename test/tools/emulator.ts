import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Emulator = { url: string; stop(): Promise<void> };

const STARTING_SECONDS = 30;

/** Starts an emulated AWS on a free port. Throws when `moto_server` is missing or does not come up. */
export const startEmulator = async (): Promise<Emulator> => {
  const port = await findFreePort();
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const missing = once(server, 'error').then(([cause]) => {
    throw new Error('moto_server is not installed: pip install "moto[server]".', { cause });
  });
  // By name: the SDK asks S3 for `<bucket>.localhost`, which an address could not become.
  const url = `http://localhost:${port}`;
  await Promise.race([missing, waitUntilUp(url)]);
  const stop = async () => {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
  };
  return { url, stop };
};

const findFreePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('The probe for a free port has no port.');
  return address.port;
};

const waitUntilUp = async (url: string): Promise<void> => {
  for (let second = 0; second < STARTING_SECONDS; second += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(1_000);
  }
  throw new Error(`The emulated AWS did not start within ${STARTING_SECONDS} seconds.`);
};
