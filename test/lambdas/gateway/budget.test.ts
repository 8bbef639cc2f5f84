import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { aCaller, aUsage } from '../../support/builders';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { aBody, createGatewayTables, createTestGateway } from '../../support/gateway';

const ONE_USD = 1_000_000_000;
const MONTH = new Date().toISOString().slice(0, 7);

const { client } = dynamoDbOfTests();

it('1,000 calls at once on a budget of one dollar overshoot it by nothing, and spend what the ledger says', async () => {
  const tables = await createGatewayTables(client);
  const caller = aCaller({ key: { budget: { nanoUsd: ONE_USD, period: 'month' } } });
  const { send, asked } = createTestGateway({
    client,
    tables,
    // Every answer uses the whole of its output bound: the worst that a provider may do.
    script: ({ options }) => [
      { type: 'text', text: 'x' },
      { type: 'finish', reason: 'length', usage: aUsage({ input: 400, output: options.maxOutputTokens }) },
    ],
  });

  const answers = await Promise.all(Array.from({ length: 1_000 }, () => send(caller, aBody({ max_tokens: 4_000 }))));

  const statuses = new Set(answers.map(({ status }) => status));
  const ledger = (
    (await client.send(new ScanCommand({ TableName: tables.ledger, ConsistentRead: true }))).Items ?? []
  ).map((item) => unmarshall(item));
  const spent = ledger.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0);
  const [scope] = (
    (await client.send(new ScanCommand({ TableName: tables.limits, ConsistentRead: true }))).Items ?? []
  ).map((item) => unmarshall(item));
  expect([...statuses].filter((status) => ![200, 402, 429].includes(status))).toEqual([]);
  expect(spent).toBeLessThanOrEqual(ONE_USD);
  expect(spent).toBeGreaterThan(ONE_USD / 2);
  expect(scope).toMatchObject({ inFlight: 0, [`b_${MONTH}`]: spent });
  expect(ledger.reduce((sum, { overshootNanoUsd }) => sum + overshootNanoUsd, 0)).toBe(0);
  expect(asked.length).toBe(answers.filter(({ status }) => status === 200).length);
}, 180_000);
