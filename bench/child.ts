import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as v from 'valibot';

export type ChildOptions = {
  script: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The Node binary that runs it. */
  node: string;
  /** The CPU that it is bound to, where the machine can do that. */
  cpu: number;
  /** Where its errors are printed. @default here */
  stderr?: 'ignore' | 'inherit';
};

const listening = v.object({ listening: v.object({ port: v.number() }) });
const usage = v.object({ cpuMicroseconds: v.number(), peakKilobytes: v.number() });

/** What a process has used since it started. */
export type Usage = v.InferOutput<typeof usage>;

const PRELOAD = join(__dirname, 'targets', 'report-usage.cjs');

const children = new Set<ChildProcess>();

const canPin = (): boolean => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Whether processes can be bound to a CPU here. */
export const isPinned = canPin();

/** Starts a measured process that is ended with the bench. */
export const startChild = ({
  script,
  args = [],
  env = {},
  node,
  cpu,
  stderr = 'inherit',
}: ChildOptions): ChildProcess => {
  const command = [...(isPinned ? ['taskset', '-c', String(cpu)] : []), node, '--require', PRELOAD];
  const [execPath = node, ...execArgv] = command;
  const child = fork(script, [...args], {
    execPath,
    execArgv,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
};

const answerOf = async (child: ChildProcess): Promise<unknown> => {
  const answered = new AbortController();
  const { signal } = answered;
  const gone = async (): Promise<never> => {
    const [code] = await once(child, 'exit', { signal });
    throw new Error(`${child.spawnargs.join(' ')} ended with ${code}.`);
  };
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), gone()]);
    return message;
  } finally {
    answered.abort();
  }
};

/** The port that a child says it listens on. Rejects when it ends instead. */
export const portOf = async (child: ChildProcess): Promise<number> =>
  v.parse(listening, await answerOf(child)).listening.port;

/** Sends a message and waits for the answer to it. */
export const ask = (child: ChildProcess, message: object | string | number): Promise<unknown> => {
  const answer = answerOf(child);
  child.send(message);
  return answer;
};

/** What a child has used so far. */
export const usageOf = async (child: ChildProcess): Promise<Usage> => v.parse(usage, await ask(child, 'usage'));

/** Ends every child that is still there. */
export const endChildren = (): void => {
  for (const child of children) child.kill('SIGKILL');
};
