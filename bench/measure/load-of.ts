import type { ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import { ask } from '../child';
import type { Burst } from '../load/burst';

const answer = v.union([
  v.object({
    result: v.object({
      latenciesMs: v.array(v.number()),
      firstTextMs: v.array(v.number()),
      elapsedMs: v.number(),
    }),
  }),
  v.object({ error: v.string() }),
]);

export type Load = { latenciesMs: number[]; firstTextMs: number[]; elapsedMs: number };

/** Has the loader send one burst. Rejects when a target answered badly. */
export const load = async (loader: ChildProcess, order: Burst): Promise<Load> => {
  const read = v.parse(answer, await ask(loader, order));
  if ('error' in read) throw new Error(read.error);
  return read.result;
};
