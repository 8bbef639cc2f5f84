import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { LocalMachine } from '../../support/local-machine';

const event = v.looseObject({ event: v.string() });

export type LogEvent = v.InferOutput<typeof event>;

/** The lines of a file that hold one JSON object each; what a platform writes beside them is left out. */
export const readJsonLines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line));

/** The named events that a function has logged so far. */
export const readEvents = (machine: LocalMachine, construct: string): LogEvent[] =>
  readJsonLines(join(machine.logsDirectory, `${machine.functionName(construct)}.log`)).flatMap((line) =>
    v.is(event, line) ? [line] : [],
  );
