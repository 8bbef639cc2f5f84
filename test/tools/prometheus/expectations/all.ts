import { CACHE_EXPECTATIONS } from './cache';
import type { Expected } from './expectations-of';
import { HTTP_EXPECTATIONS } from './http';
import { LATENCY_EXPECTATIONS } from './latency';
import { LOAD_EXPECTATIONS } from './load';
import { MODEL_EXPECTATIONS } from './models';
import { MONEY_EXPECTATIONS } from './money';
import { PLATFORM_EXPECTATIONS } from './platform';
import { REQUEST_EXPECTATIONS } from './requests';

/** What the queries have to answer, by their ids. */
export const EXPECTATIONS: ReadonlyMap<string, Expected> = new Map<string, Expected>(
  Object.entries({
    ...REQUEST_EXPECTATIONS,
    ...LATENCY_EXPECTATIONS,
    ...MONEY_EXPECTATIONS,
    ...CACHE_EXPECTATIONS,
    ...MODEL_EXPECTATIONS,
    ...LOAD_EXPECTATIONS,
    ...HTTP_EXPECTATIONS,
    ...PLATFORM_EXPECTATIONS,
  }),
);
