import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AssembledTrace, TraceStep } from '../../../local/xray/assemble-trace';
import { findFaults } from '../../../local/xray/find-faults';
import { readTraces } from '../../../local/xray/read-traces';
import { aChat } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { until } from '../support/until';
import type { Observed } from './observed';

/** A trace as indented lines. */
const toLines = (steps: readonly TraceStep[], depth = 0): string[] =>
  steps.flatMap(({ name, origin, steps: below }) => [
    '  '.repeat(depth) + (origin ?? name),
    ...toLines(below, depth + 1),
  ]);

const stepsOf = (steps: readonly TraceStep[]): TraceStep[] => steps.flatMap((step) => [step, ...stepsOf(step.steps)]);

const rootsOf = (trace: AssembledTrace | undefined): TraceStep[] =>
  stepsOf(trace?.roots ?? []).filter(({ name }) => name === 'chat_completion');

const PLATFORM = ['AWS::ApiGateway::Stage', '  AWS::Lambda', '    AWS::Lambda::Function'];

export const describeTraces = (gateway: GatewayUnderTest, { load, records }: Observed) =>
  describe('the traces', () => {
    const tracesFile = () => gateway.machine().tracesFile;
    /** A tree is sent when everything is settled. */
    const traceOf = (id: string | null) =>
      until(`the trace of ${id} is there`, async () => {
        const [trace] = await readTraces(tracesFile(), id ?? '');
        return rootsOf(trace).length > 0 ? trace : undefined;
      });
    const firstMiss = () => load().firstMiss.get('x-fluxgate-request-id');
    /** A chat whose trace is named by the caller. */
    const askWithin = (root: string, sampled: 0 | 1, text: string) =>
      gateway.clientOf(load().key).chat.completions.create(aChat(text), {
        headers: { 'x-amzn-trace-id': `Root=${root};Sampled=${sampled}` },
      });
    const newRoot = () => `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

    it('are one tree for a request, from the API down to the calls of AWS', async () => {
      const trace = await traceOf(firstMiss());

      expect(toLines(trace.roots)).toEqual([
        ...PLATFORM,
        ...[
          'chat_completion',
          '  DynamoDB.GetItem',
          '  SecretsManager.GetSecretValue',
          '  DynamoDB.GetItem',
          '  routing.decide',
          '  cache.lookup',
          '    DynamoDB.GetItem',
          '  DynamoDB.PutItem',
          '  DynamoDB.UpdateItem',
          '  provider_attempt_1',
          '    bedrock.invoke_model',
          '    cost.calculate',
          '  settle',
          '    DynamoDB.PutItem',
          '    DynamoDB.PutItem',
          '    DynamoDB.UpdateItem',
          '    DynamoDB.DeleteItem',
        ].map((line) => `      ${line}`),
      ]);
    });

    it('say what a request was, in what they are searched by', async () => {
      const [root] = rootsOf(await traceOf(firstMiss()));

      expect(root?.annotations).toMatchObject({
        request_id: firstMiss(),
        session_id: 'load',
        account_id: load().key.account,
        operation: 'chat',
        model_id: 'claude-haiku-4-5',
        status: 'success',
        cache_hit: false,
      });
    });

    it('name the table of every call of DynamoDB', async () => {
      const calls = stepsOf((await traceOf(firstMiss())).roots).filter(({ name }) => name.startsWith('DynamoDB.'));

      expect(calls.map(({ table }) => /Storage([A-Z][a-z]+)/.exec(table ?? '')?.[1])).toEqual([
        ...['Keys', 'Keys', 'Cache', 'Ledger', 'Limits'],
        ...['Ledger', 'Cache', 'Limits', 'Ledger'],
      ]);
    });

    it('are there once for every record, whole, whatever else was under way', async () => {
      const wrong = [];
      for (const { requestId, attempts } of records()) {
        const trace = await traceOf(requestId);
        const [root, ...others] = rootsOf(trace);
        const tried = root?.steps.filter(({ name }) => name.startsWith('provider_attempt_')) ?? [];
        const whole = trace.roots.length === 1 && trace.orphans.length === 0 && others.length === 0;
        if (!whole || root?.annotations.request_id !== requestId || tried.length !== attempts.length)
          wrong.push(requestId);
      }

      expect(wrong).toEqual([]);
    });

    it('show a failed attempt with what failed, and the model that rescued the request', async () => {
      const rescued = records().find(({ attempts, outcome }) => outcome === 'success' && attempts.length === 4);

      const [root] = rootsOf(await traceOf(rescued?.requestId ?? ''));

      const attempts = root?.steps.filter(({ name }) => name.startsWith('provider_attempt_'));
      expect(attempts?.map(({ name, failure }) => [name, failure])).toEqual([
        ['provider_attempt_1', 'fault'],
        ['provider_attempt_2', 'fault'],
        ['provider_attempt_3', 'fault'],
        ['provider_attempt_4', undefined],
      ]);
      expect(attempts?.[0]?.exceptions[0]).toMatchObject({ type: 'ProviderError' });
      expect(root?.failure).toBeUndefined();
    });

    it('are nothing that X-Ray would refuse', () => {
      const documents = readFileSync(tracesFile(), 'utf8').split('\n').slice(0, -1);

      expect(documents.length).toBeGreaterThan(0);
      expect(documents.flatMap((document) => findFaults(JSON.parse(document)))).toEqual([]);
    });

    it('leave the process after the last byte', async () => {
      const root = newRoot();
      const stream = await gateway
        .clientOf(load().key)
        .chat.completions.create(
          { ...aChat('[[tokens:5]] [[delay:20]]'), stream: true },
          { headers: { 'x-amzn-trace-id': `Root=${root};Sampled=1` } },
        );

      const seen: number[] = [];
      for await (const _ of stream) seen.push((await readTraces(tracesFile(), root)).flatMap(rootsOf).length);

      expect(seen.length).toBeGreaterThan(3);
      expect(seen.filter((count) => count > 0)).toEqual([]);
      await traceOf(root);
    });

    it('are not sent for a request that is not sampled', async () => {
      const [unsampled, sampled] = [newRoot(), newRoot()];

      await askWithin(unsampled, 0, 'Unsampled.');
      await askWithin(sampled, 1, 'Sampled.');

      await traceOf(sampled);
      expect(await readTraces(tracesFile(), unsampled)).toEqual([]);
    });

    it('are linked to the trace that a client names', async () => {
      const client = randomBytes(16).toString('hex');
      const headers = { traceparent: `00-${client}-00f067aa0ba902b7-01` };

      const { response } = await gateway
        .clientOf(load().key)
        .chat.completions.create(aChat('Linked.'), { headers })
        .withResponse();

      const [root] = rootsOf(await traceOf(response.headers.get('x-fluxgate-request-id')));
      expect(root?.metadata.traceparent).toEqual({ trace_id: client, span_id: '00f067aa0ba902b7' });
      const record = await gateway.record(load().key, response.headers.get('x-fluxgate-request-id') ?? '');
      expect(record.clientTraceId).toBe(client);
    });
  });
