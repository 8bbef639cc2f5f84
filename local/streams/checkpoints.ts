import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Position } from './shard-reader';

/** How far each event source has been dealt with. */
export type Checkpoints = {
  find(sourceId: string): Position | undefined;
  save(sourceId: string, position: Position): void;
};

const kept = v.record(v.string(), v.object({ shardId: v.string(), sequenceNumber: v.string() }));

/** Kept in a file between starts when there is one to keep it in. */
export const createCheckpoints = (file: string | undefined): Checkpoints => {
  const positions = new Map(file === undefined ? [] : Object.entries(readKept(file)));
  return {
    find: (sourceId) => positions.get(sourceId),
    save: (sourceId, position) => {
      positions.set(sourceId, position);
      if (file !== undefined) replaceFile(file, JSON.stringify(Object.fromEntries(positions)));
    },
  };
};

const readKept = (file: string): v.InferOutput<typeof kept> =>
  existsSync(file) ? v.parse(kept, JSON.parse(readFileSync(file, 'utf8'))) : {};

/** A start that reads the file sees the old one or the new one, never half of it. */
const replaceFile = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};
