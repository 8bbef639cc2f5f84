import { aChat } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readEvents } from '../support/logs';
import { requestIdOf, settled } from '../support/settled';
import { until } from '../support/until';

export const describeRetries = (gateway: GatewayUnderTest) =>
  describe('the retries of the SDK', () => {
    it('are requests of their own, each recorded and billed once', async () => {
      const key = await gateway.createKey();
      const client = gateway.clientOf(key, { maxRetries: 2 });
      const correlationId = `retried-${key.account}`;

      const { data, response } = await client.chat.completions
        .create(aChat('[[fault:cut=0 times=3]] Hello'), { headers: { 'x-correlation-id': correlationId } })
        .withResponse();

      const answered = await settled(gateway, key, response);
      const ids = await until('both requests are in the log', async () => {
        const ended = readEvents(gateway.machine(), 'Gateway').filter(
          ({ event, correlation_id }) =>
            (event === 'request_error' || event === 'request_completed') && correlation_id === correlationId,
        );
        return ended.length > 1 ? ended.map(({ request_id }) => String(request_id)) : undefined;
      });
      const failed = await gateway.record(key, ids[0] ?? '');
      const records = (await gateway.items('Ledger')).filter(({ accountId }) => accountId === key.account);
      expect(data.choices[0]?.finish_reason).toBe('stop');
      expect(ids).toEqual([failed.requestId, requestIdOf(response)]);
      expect(records).toHaveLength(2);
      expect([failed.outcome, answered.record.outcome]).toEqual(['error', 'success']);
      expect([failed.attempts.length, (await gateway.bill(failed.requestId)).length]).toEqual([3, 3]);
      expect([answered.record.attempts.length, answered.bill.length]).toEqual([1, 1]);
    });
  });
