import { createServer, get } from 'node:http';
import { createConnectionPool } from '../../../../lambdas/core/connection-pool';
import { createFlushClock, createReadEnvironment } from '../../../../lambdas/core/telemetry/environment-facts';

describe('the flush clock', () => {
  const aClock = () => {
    let time = 0;
    const clock = createFlushClock(() => time);
    const work = (milliseconds: number) => async () => {
      time += milliseconds;
    };
    return { clock, work };
  };

  it('adds up what telemetry took, until that is taken', async () => {
    const { clock, work } = aClock();
    await clock.timed(work(2));
    await clock.timed(work(3));

    expect([clock.take(), clock.take()]).toEqual([5, undefined]);
  });

  it('counts work that failed, and lets the failure through', async () => {
    const { clock, work } = aClock();
    const failing = async () => {
      await work(4)();
      throw new Error('no socket');
    };

    await expect(clock.timed(failing)).rejects.toThrow('no socket');
    expect(clock.take()).toBe(4);
  });
});

describe('the facts of an environment', () => {
  it('are how full its pools are, and how long the last telemetry took', () => {
    const pools = { store: { ...createConnectionPool(), used: () => 1 / 3 } };

    expect(createReadEnvironment({ pools, takeFlushMs: () => 0.12345 })()).toEqual({
      poolUsed: { store: 0.3333 },
      previousFlushMs: 0.123,
    });
    expect(createReadEnvironment({ pools: {}, takeFlushMs: () => undefined })()).toEqual({ poolUsed: {} });
  });
});

describe('a connection pool', () => {
  it('counts the connections that are open, used or kept', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const pool = createConnectionPool();
    const before = pool.used();

    await new Promise((resolve, reject) => {
      get({ port, agent: pool.agents.httpAgent }, (response) => response.resume().on('end', resolve)).on(
        'error',
        reject,
      );
    });
    await new Promise(setImmediate);

    expect(before).toBe(0);
    expect(pool.used()).toBe(1 / 256);
    pool.agents.httpAgent.destroy();
    server.close();
  });
});
