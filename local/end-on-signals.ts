import type { Machine } from './machine';

export type Ending = {
  /** What is to be stopped; before it is known, the process just ends and its janitor tidies up. */
  with(machine: Machine): void;
};

/** `npm` and the shell may both pass on the one Ctrl-C that was pressed. */
const ECHO_MS = 500;

/** Ends the machine and the process on Ctrl-C, a kill, a closed terminal or a dead parent; at once on the second Ctrl-C. */
export const endOnSignals = (): Ending => {
  let machine: Machine | undefined;
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt !== undefined && performance.now() - askedAt < ECHO_MS) return;
    if (askedAt !== undefined || machine === undefined) process.exit(1);
    askedAt = performance.now();
    process.stdout.write('\nEnding; press Ctrl-C again to end at once.\n');
    machine.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // Only there when a parent process holds the other end.
  process.on('disconnect', end);
  return {
    with: (running) => {
      machine = running;
    },
  };
};
