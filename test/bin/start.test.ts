import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isRunning } from '../../local/is-running';

const root = join(__dirname, '..', '..');
const run = promisify(execFile);
const KEY = `fg_startTest_${'s'.repeat(32)}`;

type Started = {
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves with everything printed once that contains the text. */
  said(text: string): Promise<string>;
  ended: Promise<number | null>;
};

const started: Started[] = [];

const start = (...args: string[]): Started => {
  const child = spawn(process.execPath, ['bin/run.mjs', 'local', ...args], {
    cwd: root,
    env: { ...process.env, FLUXGATE_LOCAL_KEY: KEY },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk;
      for (const look of waiting) look();
    });
  }
  const said = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => printed.includes(text) && resolve(printed);
      waiting.add(look);
      look();
    });
  const ended = once(child, 'close').then(([code]) => code);
  const machine = { process: child, output: () => printed, said, ended };
  started.push(machine);
  return machine;
};

const untilReady = (machine: Started): Promise<string> =>
  Promise.race([
    machine.said('STATUS'),
    machine.ended.then(() => Promise.reject(new Error(`It ended: ${machine.output()}`))),
  ]);

const portOf = (output: string): number => Number(/URL +http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1]);

/** Every process below this one. */
const descendantsOf = (processId: number): number[] => {
  const family = listProcesses();
  const below = (parent: number): number[] =>
    family.filter((one) => one.parent === parent).flatMap(({ id }) => [id, ...below(id)]);
  return below(processId);
};

const listProcesses = (): { id: number; parent: number }[] => {
  const lines = existsSync('/proc/self/stat')
    ? readdirSync('/proc').filter(isNumber).map(statusOf)
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => line.trim().split(/ +/).map(Number)).map(([id = 0, parent = 0]) => ({ id, parent }));
};

const isNumber = (name: string): boolean => /^\d+$/.test(name);

const statusOf = (processId: string): string => {
  try {
    return `${processId} ${/\) \w (\d+)/.exec(readFileSync(`/proc/${processId}/stat`, 'utf8'))?.[1]}`;
  } catch {
    // It ended while it was looked for.
    return '';
  }
};

const untilGone = async (processIds: readonly number[]): Promise<void> => {
  while (processIds.some(isRunning)) await pause(50);
};

let first: Started;
let firstOutput: string;

beforeAll(async () => {
  first = start('--port', '0');
  firstOutput = await untilReady(first);
}, 180_000);

afterAll(async () => {
  for (const { process: child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
}, 60_000);

const localFile = join(root, '.fluxgate', 'local.json');
const urlInFile = () => JSON.parse(readFileSync(localFile, 'utf8')).url;

describe('npm start', () => {
  it('prints two examples that work when they are pasted, and a line for each request', async () => {
    const curl = /\n(curl [\s\S]+?)\n\n/.exec(firstOutput)?.[1] ?? '';
    const snippet = /\n(node --input-type=module [\s\S]+?\nEND)\n/.exec(firstOutput)?.[1] ?? '';

    const byCurl = await run('bash', ['-c', `${curl} --silent`], { cwd: root });
    const bySdk = await run('bash', ['-c', snippet], { cwd: root });
    const lines = (await first.said('$0.000000')).split('\n').filter((line) => line.endsWith('200 success'));

    expect(firstOutput).toContain(`API key  ${KEY}`);
    expect(JSON.parse(byCurl.stdout).choices[0].message.content).toContain('simulated');
    expect(bySdk.stdout).toContain('simulated');
    expect(lines.map((line) => line.split(/ +/).slice(1, 3))).toEqual([
      ['local', 'claude-haiku-4-5'],
      ['local', 'claude-haiku-4-5'],
    ]);
    expect(lines[1]).toContain(' hit ');
  }, 60_000);

  it('refuses a port that is taken in one sentence', async () => {
    const port = portOf(firstOutput);

    const refused = start('--port', String(port));

    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(
      `Port ${port} is taken: stop what listens there, or choose another with --port.\n`,
    );
  }, 60_000);

  it('refuses a key that is none in one sentence', async () => {
    const child = spawn(process.execPath, ['bin/run.mjs', 'local', '--port', '0'], {
      cwd: root,
      env: { ...process.env, FLUXGATE_LOCAL_KEY: 'sk-wrong' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let error = '';
    child.stderr?.on('data', (chunk) => {
      error += chunk;
    });

    const [code] = await once(child, 'close');

    expect(code).toBe(1);
    expect(error.trim().split('\n')).toHaveLength(1);
    expect(error).toContain('FLUXGATE_LOCAL_KEY');
  }, 120_000);

  it('tells the command line where the newest machine is, and leaves no process and no file behind', async () => {
    const second = start('--port', '0');
    const secondPort = portOf(await untilReady(second));
    const newest = urlInFile();
    const secondProcesses = descendantsOf(second.process.pid ?? 0);
    // Nothing in it can tidy up after this.
    second.process.kill('SIGKILL');
    await untilGone(secondProcesses);
    const firstProcesses = descendantsOf(first.process.pid ?? 0);
    const remaining = urlInFile();
    first.process.kill('SIGINT');
    const exitCode = await first.ended;
    await untilGone(firstProcesses);

    expect(newest).toBe(`http://127.0.0.1:${secondPort}`);
    expect(remaining).toBe(`http://127.0.0.1:${portOf(firstOutput)}`);
    expect(secondProcesses.length).toBeGreaterThanOrEqual(3);
    expect(firstProcesses.length).toBeGreaterThanOrEqual(3);
    expect(exitCode).toBe(0);
    expect(existsSync(localFile) && urlInFile() === remaining).toBe(false);
  }, 120_000);
});
