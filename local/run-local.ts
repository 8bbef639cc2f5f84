import { join } from 'node:path';
import { PortTaken } from './api/front';
import { PROJECT_ROOT, synthesise } from './assembly/synthesise';
import { LocalKeyRefused } from './create-local-key';
import { endOnSignals } from './end-on-signals';
import type { Machine } from './machine';
import { PrometheusMissing } from './prometheus/prometheus-missing';
import { writeRunningFile } from './running-file';
import { startMachine } from './start-machine';
import { DataDirectoryTaken } from './state';
import { toGreeting } from './terminal/greeting';
import { HELP, type LocalOptions, readOptions, UsageError } from './terminal/options';
import { createPaint, type Paint } from './terminal/paint';
import { createProgress } from './terminal/progress';
import { toHeading, toRequestLine } from './terminal/request-line';

export type LocalRun = { readonly args: readonly string[]; readonly shell: NodeJS.ProcessEnv };

/** What goes wrong for a reason that the user can do something about: its message is all that is said. */
const EXPECTED = [UsageError, PortTaken, DataDirectoryTaken, LocalKeyRefused, PrometheusMissing];

/** A model that the greeting's examples ask. */
const MODEL = 'claude-haiku-4-5';

/** `npm start`: runs the machine in this process until it is told to end. */
export const runLocal = async ({ args, shell }: LocalRun): Promise<void> => {
  try {
    const options = readOptions(args);
    if (options === undefined) process.stdout.write(HELP);
    else await run(options, shell);
  } catch (error) {
    const isExpected = error instanceof Error && EXPECTED.some((kind) => error instanceof kind);
    process.stderr.write(`${isExpected ? error.message : describe(error)}\n`);
    process.exit(1);
  }
};

const run = async (options: LocalOptions, shell: NodeJS.ProcessEnv): Promise<void> => {
  const startedAt = performance.now();
  const isTerminal = process.stdout.isTTY === true;
  const paint = createPaint(isTerminal);
  const ending = endOnSignals();
  const machine = await boot(options, shell, paint);
  ending.with(machine);
  const file = writeRunningFile(join(PROJECT_ROOT, '.fluxgate'), machine);
  process.on('exit', file.remove);

  const seconds = (performance.now() - startedAt) / 1000;
  const { region } = machine.assembly.place;
  process.stdout.write(`${toGreeting({ ...options, ...machine, region, model: MODEL, seconds }, paint)}\n`);
  process.stdout.write(`${toHeading(paint)}\n`);
};

const boot = (options: LocalOptions, shell: NodeJS.ProcessEnv, paint: Paint): Promise<Machine> => {
  const region = shell.AWS_REGION ?? shell.AWS_DEFAULT_REGION ?? 'us-east-1';
  const progress = createProgress(process.stdout, process.stdout.isTTY === true, paint);
  progress.step('Starting');
  const machine = startMachine({
    ...options,
    region,
    directory: (port) => join(PROJECT_ROOT, '.fluxgate', `port-${port}`),
    localKey: shell.FLUXGATE_LOCAL_KEY,
    freeze: true,
    synthesise: (children) => synthesise({ root: PROJECT_ROOT, region, shell, children, onProgress: progress.step }),
    onLine: (_functionName, logLine) => {
      const line = toRequestLine(logLine, paint);
      if (line !== undefined) process.stdout.write(`${line}\n`);
    },
    onFailure: (where, error) => {
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${paint('red', `${where}: ${reason.slice(0, 300)}`)}\n`);
    },
  });
  return machine.finally(progress.end);
};

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
