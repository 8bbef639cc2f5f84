import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Where Fluxgate is and which key to use there. */
export type Connection = { baseURL: string; apiKey: string };

const localMachine = v.object({ url: v.string(), apiKey: v.string() });

/**
 * From `FLUXGATE_URL` and `FLUXGATE_API_KEY`; what is not set there is that of the local machine that `npm start` runs.
 * Ends the process with one sentence when neither says.
 */
export const readConnection = (): Connection => {
  const { FLUXGATE_URL, FLUXGATE_API_KEY } = process.env;
  const local = FLUXGATE_URL && FLUXGATE_API_KEY ? undefined : readLocalMachine();
  const url = FLUXGATE_URL || local?.url;
  const apiKey = FLUXGATE_API_KEY || local?.apiKey;
  if (url && apiKey) return { baseURL: `${url.replace(/\/+$/, '')}/v1`, apiKey };
  console.error('Start Fluxgate with npm start in another terminal, or set FLUXGATE_URL and FLUXGATE_API_KEY.');
  return process.exit(1);
};

const readLocalMachine = () => {
  try {
    const text = readFileSync(new URL('../.fluxgate/local.json', import.meta.url), 'utf8');
    return v.parse(localMachine, JSON.parse(text));
  } catch {
    // No file, or one of another version: the caller says what to do.
    return undefined;
  }
};
