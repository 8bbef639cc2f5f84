import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(__dirname, '..', '..');
const KEY = 'fg_stranger_aSecretOfTheStranger';

type Started = { output: () => string; child: ChildProcess; exitCode: Promise<number | null> };

const start = (args: string[], env: NodeJS.ProcessEnv = {}): Started => {
  const child = spawn(process.execPath, [join('bin', 'run.mjs'), 'local', ...args], {
    cwd: root,
    env: { ...process.env, FLUXGATE_LOCAL_KEY: KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk) => chunks.push(String(chunk)));
  child.stderr?.on('data', (chunk) => chunks.push(String(chunk)));
  return { child, output: () => chunks.join(''), exitCode: once(child, 'exit').then(([code]) => code) };
};

const says = async ({ output, exitCode }: Started, words: string, withinMs = 120_000): Promise<void> => {
  let exited = false;
  void exitCode.then(() => {
    exited = true;
  });
  const deadline = Date.now() + withinMs;
  while (!output().includes(words)) {
    if (exited || Date.now() > deadline) throw new Error(`It never said "${words}" but:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

/** Processes that were started below another one, by their ids. */
const descendants = (processId: number): number[] => {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child, of]) => (child !== undefined && of === parent ? [child, ...below(child)] : []));
  return below(processId);
};

const isRunning = (processId: number): boolean => {
  try {
    return process.kill(processId, 0);
  } catch {
    // There is no process of this id to send a signal to.
    return false;
  }
};

/** The lines from one that begins with `first` to one that is empty. */
const pasted = (output: string, first: string): string => {
  const lines = output.split('\n');
  const from = lines.findIndex((line) => line.startsWith(first));
  return lines
    .slice(
      from,
      lines.findIndex((line, index) => index > from && line === ''),
    )
    .join('\n');
};

describe('npm start', () => {
  const data = mkdtempSync(join(tmpdir(), 'fluxgate-data-'));
  let port: number;
  let first: Started;

  beforeAll(async () => {
    port = await freePort();
    first = start(['--port', String(port), '--data', data]);
    await says(first, 'Fluxgate is ready');
  }, 180_000);
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('prints the URL, the key that was given, and where logs and traces lie', async () => {
    await says(first, 'LATENCY');

    const output = first.output();
    for (const words of [`http://127.0.0.1:${port}`, KEY, 'Logs', 'Traces']) expect(output).toContain(words);
  });

  it('prints a curl line that works when it is pasted', () => {
    const { stdout, status } = spawnSync('sh', ['-c', pasted(first.output(), 'curl ')], {
      encoding: 'utf8',
      cwd: root,
    });

    expect([status, JSON.parse(stdout).object]).toEqual([0, 'chat.completion']);
  });

  it('prints a snippet for the SDK that works when it is pasted, and a line per request', async () => {
    const { stdout, status } = spawnSync('sh', ['-c', pasted(first.output(), 'node ')], {
      encoding: 'utf8',
      cwd: root,
    });

    expect(status).toBe(0);
    expect(stdout).toContain('[simulated answer of');
    await says(first, '200 success');
  });

  it('refuses a second start on its port, and one on its data, in one sentence each', async () => {
    const samePort = start(['--port', String(port)]);
    const sameData = start(['--port', String(await freePort()), '--data', data]);

    expect([await samePort.exitCode, await sameData.exitCode]).toEqual([1, 1]);
    for (const refusal of [samePort.output(), sameData.output()])
      expect(refusal.trim().split('\n').at(-1)).toMatch(/^\S.* is (in use|taken)\b.*: .*\.$/);
  }, 60_000);

  it('ends everything that it started on Ctrl-C, and finds its data again', async () => {
    const processes = descendants(first.child.pid ?? 0);
    first.child.kill('SIGINT');
    const code = await first.exitCode;
    const second = start(['--port', String(port), '--data', data]);
    await says(second, 'Fluxgate is ready');
    const record = spawnSync(
      'curl',
      ['-s', `http://127.0.0.1:${port}/v1/models`, '-H', `authorization: Bearer ${KEY}`],
      { encoding: 'utf8' },
    );
    second.child.kill('SIGINT');
    await second.exitCode;

    expect(code).toBe(0);
    expect(processes.length).toBeGreaterThan(2);
    expect(processes.filter(isRunning)).toEqual([]);
    expect(JSON.parse(record.stdout).object).toBe('list');
  }, 180_000);
});

describe('npm start, where something is missing', () => {
  it('says what it takes with --help', async () => {
    const help = start(['--help']);

    expect(await help.exitCode).toBe(0);
    for (const option of ['--port', '--bedrock', '--data', '--help']) expect(help.output()).toContain(option);
  });

  it.each([
    [['--port', 'abc'], /--port/],
    [['--bedrock', 'openai'], /--bedrock/],
    [['--nonsense'], /--nonsense/],
  ])('turns down %j in one sentence', async (args, words) => {
    const refused = start(args);

    expect(await refused.exitCode).not.toBe(0);
    expect(refused.output().trim().split('\n')).toHaveLength(1);
    expect(refused.output()).toMatch(words);
  });

  it('asks for Java when there is none', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'fluxgate-path-'));
    symlinkSync(process.execPath, join(bare, 'node'));

    const refused = start([], { PATH: [bare].join(delimiter) });

    expect(await refused.exitCode).toBe(1);
    expect(refused.output().trim()).toMatch(/^[^\n]*Java[^\n]*install Java 17[^\n]*\.$/);
    rmSync(bare, { recursive: true });
  });
});
