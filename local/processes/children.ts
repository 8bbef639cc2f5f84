import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The processes and folders that live no longer than this machine, even when this process is killed. */
export type Children = {
  /** Spawns in a process group of its own, so that a Ctrl-C in the terminal reaches only us. */
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Removes the folder at the end. */
  adoptFolder(path: string): void;
  /** Kills what still runs and resolves when it is gone. */
  stop(): Promise<void>;
};

/** Starts the janitor process that cleans up after this one. */
export const createChildren = (): Children => {
  const janitor = spawn(process.execPath, [join(__dirname, 'janitor.cjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  janitor.stdin.on('error', warnOfJanitor);
  const tell = (line: string) => janitor.stdin.write(`${line}\n`);
  const running = new Set<ChildProcess>();
  let stopped = false;

  return {
    spawn: (command, args, options) => {
      if (stopped) throw new Error(`The machine is ending: ${command} is not started any more.`);
      const child = spawn(command, args, { ...options, detached: true });
      if (child.pid === undefined) return child;
      const id = child.pid;
      running.add(child);
      tell(`+ ${id}`);
      child.once('close', () => running.delete(child));
      child.once('exit', () => {
        tell(`- ${id}`);
      });
      return child;
    },
    adoptFolder: (path) => void tell(`folder ${path}`),
    stop: async () => {
      stopped = true;
      await Promise.all([...running].map(end));
      // Whoever follows a process writes down its end.
      await nextTurn();
      janitor.stdin.end();
      if (janitor.exitCode === null && janitor.signalCode === null) await once(janitor, 'exit');
    },
  };
};

const end = async (child: ChildProcess): Promise<void> => {
  // Not `exit`: what it has printed last is read before this.
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
};

const warnOfJanitor = (error: Error): void => {
  process.emitWarning(`Processes may outlive this one, because their watcher is gone: ${error.message}`);
};
