import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild } from '../child';
import { install } from '../install';
import { MARKER, toChatBody } from './prompts';
import type { Target } from './target';

const VERSION = '1.15.2';
const START_TIMEOUT_MS = 20_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No free port was found.');
  return address.port;
};

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]);
  socket.destroy();
  return open;
};

const untilItAnswers = async (port: number): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (await answers(port).catch(() => false)) return;
    await pause(100);
  }
  throw new Error(`Portkey did not listen on port ${port} within ${START_TIMEOUT_MS / 1000} s.`);
};

/** Portkey's open-source gateway, translating OpenAI's dialect to Bedrock; undefined when it cannot be installed. */
export const startPortkey = async (node: string, cpu: number, upstreamUrl: string): Promise<Target | undefined> => {
  const folder = await install('@portkey-ai/gateway', VERSION);
  if (!folder) return undefined;
  const port = await freePort();
  const script = join(folder, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');
  // It prints an error for every stream that it answers well.
  const child = startChild({ script, args: [`--port=${port}`, '--headless'], node, cpu, stderr: 'ignore' });
  await untilItAnswers(port);
  const headers = {
    'x-portkey-provider': 'bedrock',
    'x-portkey-custom-host': upstreamUrl,
    'x-portkey-aws-access-key-id': 'bench',
    'x-portkey-aws-secret-access-key': 'bench',
    'x-portkey-aws-region': 'us-east-1',
  };
  const path = '/v1/chat/completions';
  return {
    name: `Portkey ${VERSION}`,
    process: child,
    request: (manner) => ({ port, path, headers, body: toChatBody(manner), marker: MARKER }),
  };
};
