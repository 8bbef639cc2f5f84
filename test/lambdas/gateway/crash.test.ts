import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ProviderError } from '../../../lambdas/core/errors';
import { aCaller, anAnswer, aUsage } from '../../support/builders';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import {
  aBody,
  createGatewayTables,
  createTestGateway,
  type GatewayTables,
  type Script,
  sweep,
} from '../../support/gateway';

const LEASE_MS = 900_000 + 120_000;
const MONTH = new Date().toISOString().slice(0, 7);

const { client } = dynamoDbOfTests();
let tables: GatewayTables;

beforeEach(async () => {
  tables = await createGatewayTables(client);
});

const itemsOf = async (table: string) =>
  (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items?.map((item) =>
    unmarshall(item),
  ) ?? [];

type Fault = 'killed before' | 'killed after' | 'answer lost' | 'store away for a while' | 'store away from then on';

/** What a store that goes away still does, and what it refuses, before it is back. */
const AWAY = { unheard: 2, refused: 2 };

/**
 * A client whose process dies at its nth call, or loses the answer of it and asks again, as the SDK does, or whose store
 * goes away with it: the calls under way are done but never answered, those after them are refused.
 */
const faulty = (fault: Fault, at: number) => {
  let calls = 0;
  let struck = () => {};
  const died = new Promise<'died'>((resolve) => {
    struck = () => resolve('died');
  });
  const die = () => {
    struck();
    return new Promise<never>(() => {});
  };
  const send: DynamoDBClient['send'] = async (...args: unknown[]) => {
    const call = ++calls;
    const real = () => Reflect.apply(client.send, client, args);
    if (fault === 'answer lost') {
      if (call === at) await real().catch(() => {});
      return real();
    }
    if (fault === 'store away for a while' && call >= at && call < at + AWAY.unheard) await real().catch(() => {});
    const until = fault === 'store away for a while' ? at + AWAY.unheard + AWAY.refused : Number.POSITIVE_INFINITY;
    if (fault.startsWith('store away') && call >= at && call < until) throw new Error('The store is away.');
    if (!fault.startsWith('killed')) return real();
    if (call > at || (call === at && fault === 'killed before')) return die();
    const answer = await real();
    return call === at ? die() : answer;
  };
  const proxy = new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) });
  return { client: proxy, died, calls: () => calls };
};

/** `billedFrom`: the attempt from which on a provider may have charged something. */
const SCRIPTS: Record<string, { script: Script; model: string; billedFrom: number }> = {
  'an answered request': { script: () => anAnswer(), model: 'claude-haiku-4-5', billedFrom: 1 },
  'a request that falls back after an attempt that may have been billed': {
    script: ({ attempt }) =>
      attempt === 1
        ? [new ProviderError('timeout', 'slow', { retryable: false, fallback: true, maybeBilled: true })]
        : anAnswer(),
    model: 'smart',
    billedFrom: 1,
  },
  'a request that falls back after an attempt that was not billed': {
    script: ({ attempt }) =>
      attempt === 1
        ? [new ProviderError('unavailable', 'down', { retryable: false, fallback: true, maybeBilled: false })]
        : anAnswer(),
    model: 'fast',
    billedFrom: 2,
  },
};

/** Enough for every call of the longest of these requests; the test fails when a request makes more. */
const MOST_CALLS = 16;

describe.each(Object.entries(SCRIPTS))('%s', (_, { script, model, billedFrom }) => {
  describe.each<Fault>([
    'killed before',
    'killed after',
    'answer lost',
    'store away for a while',
    'store away from then on',
  ])('%s', (fault) => {
    it('any call of the store leaks nothing after the lease and leaves one true record', async () => {
      let beyond = false;
      for (let at = 1; !beyond; at++) {
        const caller = aCaller({
          key: { budget: { nanoUsd: 1e9, period: 'month' }, requestsPerMinute: 100, tokensPerMinute: 1e6 },
          account: { budget: { nanoUsd: 1e9, period: 'month' } },
        });
        const store = faulty(fault, at);
        const gateway = createTestGateway({ client: store.client, tables, script });

        await Promise.race([gateway.send(caller, aBody({ model })), store.died]);
        await sweep(client, tables, Date.now() + LEASE_MS);

        const [ledger, scopes] = await Promise.all([itemsOf(tables.ledger), itemsOf(tables.limits)]);
        const mine = ledger.filter(({ accountId }) => accountId === caller.account.accountId);
        const cost = mine.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0);
        const where = `${fault} call ${at}`;
        expect({ where, open: ledger.filter(({ pk }) => String(pk).startsWith('inflight#')) }).toEqual({
          where,
          open: [],
        });
        for (const pk of [`key#${caller.key.keyId}`, `account#${caller.account.accountId}`]) {
          const scope = scopes.find((item) => item.pk === pk) ?? { inFlight: 0 };
          expect({
            where,
            pk,
            held: Object.keys(scope).filter((name) => name.startsWith('h_')),
            inFlight: scope.inFlight,
            spent: scope[`b_${MONTH}`] ?? 0,
          }).toEqual({ where, pk, held: [], inFlight: 0, spent: cost });
        }
        // Before its write-ahead item was there, a request of a process or a store that is gone has neither record nor cost.
        const records = (fault === 'killed before' || fault === 'store away from then on') && at === 1 ? 0 : 1;
        expect({ where, records: mine.length }).toEqual({ where, records });
        if (gateway.asked.length >= billedFrom) expect({ where, cost: cost > 0 }).toEqual({ where, cost: true });
        beyond = store.calls() < at;
        expect(at).toBeLessThanOrEqual(MOST_CALLS);
      }
    }, 120_000);
  });
});

/** What the slow answer below costs in the end. */
const SLOW_COST = 38_500;

/** A request whose provider has begun to answer, and goes on when it is told to. */
const aSlowRequest = async () => {
  const caller = aCaller({ key: { budget: { nanoUsd: 1e9, period: 'month' } } });
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const gateway = createTestGateway({
    client,
    tables,
    script: async function* () {
      yield { type: 'text', text: 'slow' };
      begin();
      await waiting;
      yield { type: 'finish', reason: 'stop', usage: aUsage({ input: 10, output: 5 }) };
    },
  });
  const answering = gateway.send(caller, aBody());
  await begun;
  const scope = async () => (await itemsOf(tables.limits)).find(({ pk }) => pk === `key#${caller.key.keyId}`);
  return { caller, gateway, answering, goOn, scope };
};

describe('a process that comes back after the sweeper has finished its request', () => {
  it('corrects the record and the budget, and sends no second EMF document', async () => {
    const { caller, gateway, answering, goOn, scope } = await aSlowRequest();
    await sweep(client, tables, Date.now() + LEASE_MS);
    goOn();

    const { headers } = await answering;

    const ledger = await itemsOf(tables.ledger);
    expect(ledger.map(({ sk }) => sk).sort()).toEqual(['correction', 'record']);
    expect(ledger.find(({ sk }) => sk === 'correction')).toMatchObject({
      abandoned: { outcome: 'abandoned' },
      actual: { costNanoUsd: SLOW_COST },
    });
    expect(await scope()).toMatchObject({ [`b_${MONTH}`]: SLOW_COST, inFlight: 0 });
    expect(gateway.emitted).toEqual([]);
    const read = await gateway.send(caller, undefined, {}, `/v1/requests/${headers['x-fluxgate-request-id']}`);
    expect(JSON.parse(read.body)).toMatchObject({ outcome: 'success', costNanoUsd: SLOW_COST });
  });

  it('charges what it used, once, at whatever call the sweeper died', async () => {
    let finished = false;
    for (let at = 1; !finished; at++) {
      const { caller, gateway, answering, goOn, scope } = await aSlowRequest();
      const sweeper = faulty('killed after', at);
      const fate = await Promise.race([sweep(sweeper.client, tables, Date.now() + LEASE_MS), sweeper.died]);
      finished = fate !== 'died';
      goOn();

      const { headers } = await answering;
      await sweep(client, tables, Date.now() + LEASE_MS);

      const { inFlight, [`b_${MONTH}`]: spent, ...rest } = (await scope()) ?? {};
      expect({ at, inFlight, spent, marks: Object.keys(rest).filter((name) => /^[hc]_/.test(name)) }).toEqual({
        at,
        inFlight: 0,
        spent: SLOW_COST,
        marks: [],
      });
      const read = await gateway.send(caller, undefined, {}, `/v1/requests/${headers['x-fluxgate-request-id']}`);
      expect(JSON.parse(read.body)).toMatchObject({ outcome: 'success', costNanoUsd: SLOW_COST });
    }
  }, 60_000);
});
