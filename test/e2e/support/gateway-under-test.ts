import OpenAI, { type ClientOptions } from 'openai';
import * as v from 'valibot';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { MachineOptions } from '../../../local/machine';
import { type LocalMachine, startLocalMachine } from '../../support/local-machine';
import { type BillEntry, readBill } from './bill';
import { createKey, manage, type NewKey, type TestKey } from './keys';
import { type Reply, type Sent, send } from './send';
import { type Item, readTable } from './tables';
import { until } from './until';

/** The machine of one test file, with what its tests do to it. */
export type GatewayUnderTest = {
  machine(): LocalMachine;
  createKey(options?: NewKey): Promise<TestKey>;
  /** An action of the management function. */
  manage(action: string, fields: object): Promise<unknown>;
  /** An OpenAI client that does not retry, unless told otherwise, for a key. */
  clientOf(key: TestKey, options?: ClientOptions): OpenAI;
  /** A key and its client. */
  newClient(options?: NewKey): Promise<{ client: OpenAI; key: TestKey }>;
  /** One request over plain HTTP. */
  send(request: Sent): Promise<Reply>;
  /** The ledger's record of a request, as the API tells it, once there is one. */
  record(key: TestKey, requestId: string): Promise<RequestRecord>;
  /** What the provider wrote down for a request. */
  bill(requestId: string): Promise<BillEntry[]>;
  items(construct: string): Promise<Item[]>;
};

const BOOT_MS = 120_000;

/** A test that wants a slow model says so in its prompt. */
const AT_ONCE = { firstEventMs: 1, eventMs: 0 };

const record = v.custom<RequestRecord>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'request',
);

/** Boots a machine before the tests of this file and stops it after them. */
export const bootGateway = (options: Partial<MachineOptions> = {}): GatewayUnderTest => {
  let running: LocalMachine | undefined;
  beforeAll(async () => {
    running = await startLocalMachine(options);
    running.simulator?.control.setPace(AT_ONCE);
  }, BOOT_MS);
  afterAll(async () => {
    await running?.stop();
  }, BOOT_MS);

  const machine = (): LocalMachine => {
    if (running === undefined) throw new Error('The machine runs only within tests.');
    return running;
  };
  const clientOf = ({ key }: TestKey, more: ClientOptions = {}) =>
    new OpenAI({ baseURL: `${machine().url}/v1`, apiKey: key, maxRetries: 0, ...more });
  const newClient = async (keyOptions?: NewKey) => {
    const key = await createKey(machine(), keyOptions);
    return { client: clientOf(key), key };
  };
  const sendHere = (request: Sent) => send(machine().url, request);
  const readRecord = ({ key }: TestKey, requestId: string) =>
    until(`the request ${requestId} has a record`, async () => {
      const headers = { authorization: `Bearer ${key}` };
      const { status, body } = await sendHere({ path: `/v1/requests/${requestId}`, headers });
      return status === 200 ? v.parse(record, JSON.parse(body)) : undefined;
    });

  return {
    machine,
    createKey: (keyOptions) => createKey(machine(), keyOptions),
    manage: (action, fields) => manage(machine(), action, fields),
    clientOf,
    newClient,
    send: sendHere,
    record: readRecord,
    bill: (requestId) => readBill(machine().simulatorUrl, requestId),
    items: (construct) => readTable(machine(), construct),
  };
};
