import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { Observed } from './observed';
import { documentsOf, treeOf } from './trace-documents';

export const describeTraces = (gateway: GatewayUnderTest, { load, records }: Observed) =>
  describe('the traces', () => {
    const traceOf = (requestId: string | null) => {
      const found = records().find((one) => one.requestId === requestId);
      return documentsOf(gateway.machine(), found?.traceId ?? '');
    };
    const rescued = () => records().find(({ attempts, outcome }) => outcome === 'success' && attempts.length === 4);

    it('are one tree for a request, from the API down to the model', () => {
      const documents = traceOf(load().firstMiss.get('x-fluxgate-request-id'));

      const byId = new Map(documents.map((one) => [one.id, one]));
      const [root] = documents.filter(({ name }) => name === 'chat_completion');
      const invocation = byId.get(root?.parent_id ?? '');
      const service = byId.get(invocation?.parent_id ?? '');
      const api = byId.get(service?.parent_id ?? '');
      expect([invocation?.origin, service?.origin, api?.origin]).toEqual([
        'AWS::Lambda::Function',
        'AWS::Lambda',
        'AWS::ApiGateway::Stage',
      ]);
      expect(root && treeOf(root)).toEqual({
        'routing.decide': {},
        'cache.lookup': {},
        provider_attempt_1: { 'bedrock.invoke_model': {}, 'cost.calculate': {} },
      });
      expect(documents.every(({ start_time, end_time }) => start_time <= end_time)).toBe(true);
    });

    it('say what a request was, in what they are searched by', () => {
      const requestId = load().firstMiss.get('x-fluxgate-request-id');

      const [root] = traceOf(requestId).filter(({ name }) => name === 'chat_completion');

      expect(root?.annotations).toMatchObject({
        request_id: requestId,
        session_id: 'load',
        account_id: load().key.account,
        model_id: 'claude-haiku-4-5',
        status: 'success',
        cache_hit: false,
      });
    });

    it('show every attempt of a request that another model rescued', () => {
      const [root] = traceOf(rescued()?.requestId ?? '').filter(({ name }) => name === 'chat_completion');

      expect(Object.keys(root ? treeOf(root) : {})).toEqual([
        'routing.decide',
        'cache.lookup',
        'provider_attempt_1',
        'provider_attempt_2',
        'provider_attempt_3',
        'provider_attempt_4',
      ]);
    });

    it('are there for every record', () => {
      const missing = records().filter(
        ({ requestId }) => !traceOf(requestId).some(({ name }) => name === 'chat_completion'),
      );

      expect(missing.map(({ requestId }) => requestId)).toEqual([]);
    });
  });
