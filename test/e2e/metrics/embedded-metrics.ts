import * as v from 'valibot';
import { emfFaults } from '../../support/emf-faults';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readEvents, readJsonLines } from '../support/logs';
import type { Observed } from './observed';

export const describeEmbeddedMetrics = (gateway: GatewayUnderTest, { records }: Observed) =>
  describe('the embedded metrics', () => {
    const document = v.looseObject({ request_id: v.string(), _aws: v.object({}) });
    const readDocuments = () =>
      readJsonLines(gateway.machine().emfFile).flatMap((line) => (v.is(document, line) ? [line] : []));

    it('are the one terminal line of every record, with its money', () => {
      const documents = readDocuments();

      for (const { requestId, accountId, costNanoUsd } of records()) {
        const own = documents.filter(({ request_id }) => request_id === requestId);
        expect(own).toMatchObject([
          { account_id: accountId, service: 'fluxgate', ...(costNanoUsd > 0 && { cost_usd: costNanoUsd / 1e9 }) },
        ]);
        expect(own.flatMap((one) => emfFaults(JSON.stringify(one), Date.now()))).toEqual([]);
      }
    });

    it('are one document more for the unknown caller', () => {
      const ids = new Set(readDocuments().map(({ request_id }) => request_id));
      const refused = readEvents(gateway.machine(), 'Gateway').find(({ error_code }) => error_code === 'invalid_key');

      expect(ids.has(String(refused?.request_id))).toBe(true);
    });
  });
