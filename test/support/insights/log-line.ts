import { toTime, toValue, type Value } from './value';

/** One event of a log group. */
export type LogLine = { timestamp: number; message: string; log: string; logStream: string };

/** No more fields than these are discovered in a line; those after them do not exist for a query. */
const MOST_FIELDS = 200;

/** The fields that a query can name: those of the line's JSON, nested ones with dots between, and those of the platform. */
export const discoverFields = ({ timestamp, message, log, logStream }: LogLine): Map<string, Value> => {
  const discovered = flatten('', readJson(message)).slice(0, MOST_FIELDS);
  return new Map<string, Value>([
    ...discovered,
    ['@timestamp', toTime(timestamp)],
    ['@message', message],
    ['@log', log],
    ['@logStream', logStream],
  ]);
};

/** How many fields a line has for Logs Insights, which stops discovering them at some point. */
export const countFields = (message: string): number => flatten('', readJson(message)).length;

const readJson = (message: string): unknown => {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
};

const flatten = (path: string, value: unknown): [string, Value][] => {
  if (typeof value === 'boolean') return [[path, toValue(value)]];
  if (typeof value === 'string' || typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => flatten(path === '' ? name : `${path}.${name}`, inner));
};
