import type { OperationalValues } from '../../../lambdas/core/telemetry/operational';
import { createReportWrites } from '../../../lambdas/remote-writer/report-writes';
import type { Written } from '../../../lambdas/remote-writer/write-slot';

const SLOT = Date.parse('2026-11-21T10:00:00.000Z') / 1_000;

const report = async (written: Written) => {
  const counted: Written[] = [];
  const published: OperationalValues[] = [];
  const logged: { event: string; fields: unknown; error: unknown }[] = [];
  await createReportWrites({
    count: async (_, what) => void counted.push(what),
    publish: async (values) => void published.push(values),
    log: { event: (event, _, fields, error) => void logged.push({ event, fields, error }) },
    now: () => (SLOT + 2.5) * 1_000,
  })(SLOT, written);
  return { counted, published, logged };
};

describe('the report of a slot', () => {
  it('is the samples that were written and how late they were', async () => {
    const { published, logged, counted } = await report({ samples: 12, newSeries: 2, failed: [] });

    expect(published).toEqual([{ RemoteWriteSamples: 12, RemoteWriteFailures: 0, RemoteWriteLag: 2.5 }]);
    expect(logged).toEqual([]);
    expect(counted).toHaveLength(1);
  });

  it('says what was refused and why, without secrets and without end', async () => {
    const { published, logged } = await report({
      samples: 5,
      newSeries: 0,
      failed: [
        {
          reason: 'rejected',
          samples: 7,
          result: {
            written: false,
            reason: 'rejected',
            status: 400,
            text: `err: duplicate sample, Bearer abc.def ${'x'.repeat(3_000)}`,
            cause: undefined,
          },
        },
      ],
    });

    expect(published).toMatchObject([{ RemoteWriteSamples: 5, RemoteWriteFailures: 7 }]);
    expect(logged).toMatchObject([{ event: 'telemetry_failure', fields: { signal: 'remote_write' } }]);
    const message = String(logged[0]?.error);
    expect(message).toContain('7 samples of 2026-11-21T10:00:00.000Z were not written (rejected, 400: err: duplicate');
    expect(message).toContain('They are not sent again');
    expect(message).not.toContain('abc.def');
    expect(message.length).toBeLessThan(800);
  });

  it('keeps why nobody answered', async () => {
    const cause = new Error('connect ECONNREFUSED');
    const result = { written: false, reason: 'unreachable', status: undefined, text: '', cause } as const;

    const { logged } = await report({
      samples: 0,
      newSeries: 0,
      failed: [{ reason: 'unreachable', samples: 7, result }],
    });

    expect(logged[0]?.error).toMatchObject({ message: expect.stringContaining('(unreachable, no answer)'), cause });
  });
});
