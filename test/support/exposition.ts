import { gunzipSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createApplyRecords } from '../../lambdas/core/counters/apply-records';
import { composeReadAllSeries } from '../../lambdas/core/counters/compose-read-all-series';
import { createDynamoDbCounterStore } from '../../lambdas/core/counters/dynamodb-counter-store';
import type { ReadAllSeries } from '../../lambdas/core/counters/read-all-series';
import { createReadTotals } from '../../lambdas/core/counters/read-totals';
import { GatewayError } from '../../lambdas/core/errors';
import type { Account, ApiKey } from '../../lambdas/core/keys/account';
import { createInFlightItems } from '../../lambdas/core/ledger/in-flight';
import { createLimits } from '../../lambdas/core/ledger/limits';
import { createReadScopeState } from '../../lambdas/core/ledger/read-scope-state';
import type { ExpositionEvent } from '../../lambdas/exposition/answer-request';
import { type ComposeExpositionDeps, composeExposition } from '../../lambdas/exposition/compose';
import type { Answer } from '../../lambdas/exposition/http/answer-page';
import { anAccount, anApiKey } from './caller';
import { createFakeLog } from './fake-log';
import { parsePrometheusText, type Sample } from './prometheus-text';
import { createTable } from './tables';

/** The time of every clock, unless a test moves one: milliseconds since the epoch. */
export const NOW = 1_795_255_200_000;

type Request = {
  path?: '/metrics' | '/metrics/stats';
  headers?: Record<string, string>;
  query?: Record<string, readonly string[]>;
};

const GOOD = { Authorization: 'Bearer fg_key1_devsecret' };

const toEvent = ({ path = '/metrics', headers = {}, query }: Request): ExpositionEvent => ({
  resource: path,
  headers: { ...GOOD, ...headers },
  multiValueHeaders: {},
  multiValueQueryStringParameters: query
    ? Object.fromEntries(Object.entries(query).map(([name, values]) => [name, [...values]]))
    : null,
});

export type Given = {
  key?: Partial<ApiKey>;
  accounts?: Account[];
  cacheSeconds?: number;
  clock?: { now: number };
  readAllSeries?: ReadAllSeries;
};

/** The routes that show numbers, over tables of their own, asked by one key of the account `acme`. */
export const createExposition = async (
  client: DynamoDBClient,
  { key, accounts = [anAccount()], ...given }: Given = {},
) => {
  const [countersTable, ledgerTable, limitsTable] = await Promise.all([
    createTable(client, ['pk', 'sk']),
    createTable(client, ['pk', 'sk']),
    createTable(client, ['pk']),
  ]);
  const clock = given.clock ?? { now: NOW };
  const now = () => clock.now;
  const log = createFakeLog();
  const caller = { key: anApiKey({ scopes: ['metrics'], ...key }), account: anAccount() };
  const deps: ComposeExpositionDeps = {
    authenticate: async (authorization) => {
      if (authorization === GOOD.Authorization) return caller;
      throw new GatewayError('invalid_key', 'This API key is not valid.');
    },
    readAllSeries: given.readAllSeries ?? composeReadAllSeries({ client, countersTable, ledgerTable, now }),
    readTotals: createReadTotals({ client, table: countersTable }),
    readScopeState: createReadScopeState({ client, table: limitsTable, now }),
    findAccount: async (id) => accounts.find(({ accountId }) => accountId === id),
    cacheSeconds: given.cacheSeconds ?? 0,
    log,
    newId: () => 'made-by-gateway1',
    now,
  };
  const answer = composeExposition(deps);
  const store = createDynamoDbCounterStore({ client, table: countersTable, markerRetentionDays: 30, now });
  return {
    count: createApplyRecords({ store, random: Math.random, pause: async () => {} }),
    inFlight: createInFlightItems({ client, table: ledgerTable }),
    limits: createLimits({ client, table: limitsTable, now }),
    log,
    answer: (request: Request = {}) => answer(toEvent(request)),
  };
};

/** The body of an answer, unpacked. */
export const textOf = ({ body, headers }: Answer): string =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');

export const samplesOf = (name: string, answer: Answer): Sample[] =>
  parsePrometheusText(textOf(answer)).get(name)?.samples ?? [];
