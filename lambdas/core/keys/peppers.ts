import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { callAws } from '../telemetry/call-aws';
import type { Span } from '../telemetry/ports';

/** The peppers by version. New hashes use `current`; old ones stay valid as long as their version is listed. */
export type PepperSet = { current: string; byVersion: ReadonlyMap<string, string> };

export type Peppers = {
  /** From memory when read less than a few minutes ago. */
  read(span?: Span): Promise<PepperSet>;
  /** For a version that `read` did not have: asks the secret again, at most once in a few seconds. */
  reread(span?: Span): Promise<PepperSet>;
};

export type PeppersDeps = {
  client: Pick<SecretsManagerClient, 'send'>;
  secretId: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

const KEEP_MS = 5 * 60_000;
const REREAD_MS = 5_000;
const CALL = { service: 'SecretsManager', operation: 'GetSecretValue' };

const secretSchema = v.record(v.string(), v.pipe(v.string(), v.nonEmpty()));

/** Parses the secret `{"current": "2", "1": "<pepper>", "2": "<pepper>"}`. Throws an error that holds none of its content. */
export const parsePeppers = (text: string): PepperSet => {
  const read = v.safeParse(secretSchema, readJson(text));
  // The schema's own messages quote what they found, which is secret.
  if (!read.success) throw new Error('The pepper secret must be an object of non-empty strings.');
  const { current, ...peppers } = read.output;
  const byVersion = new Map(Object.entries(peppers));
  if (current === undefined || !byVersion.has(current)) {
    throw new Error('The pepper secret must name one of its versions as "current".');
  }
  return { current, byVersion };
};

/** The peppers of the key hashes, read from Secrets Manager and kept in memory. */
export const createPeppers = ({ client, secretId, now }: PeppersDeps): Peppers => {
  let kept: { set: Promise<PepperSet>; readAt: number } | undefined;

  const fetch = async (span: Span | undefined): Promise<PepperSet> => {
    const command = new GetSecretValueCommand({ SecretId: secretId });
    const { SecretString } = await callAws(span, CALL, (options) => client.send(command, options));
    return parsePeppers(SecretString ?? '');
  };

  const readWithin = (ageMs: number, span: Span | undefined): Promise<PepperSet> => {
    if (kept && now() - kept.readAt < ageMs) return kept.set;
    const entry = { set: fetch(span), readAt: now() };
    kept = entry;
    entry.set.catch(() => {
      if (kept === entry) kept = undefined;
    });
    return entry.set;
  };

  return { read: (span) => readWithin(KEEP_MS, span), reread: (span) => readWithin(REREAD_MS, span) };
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which is secret.
    throw new Error('The pepper secret is not JSON.');
  }
};
