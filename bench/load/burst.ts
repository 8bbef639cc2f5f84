import { setTimeout as pause } from 'node:timers/promises';
import { type Exchange, openConnection } from './connection';
import { type LoadRequest, toBytes } from './request';

export type Burst = LoadRequest & {
  concurrency: number;
  durationMs: number;
  atMost: number;
  /** Between an answer and the next request: lets a target finish what it does after its last byte. */
  pauseMs: number;
};

export type BurstResult = {
  latenciesMs: number[];
  /** One per request whose answer held the marker. */
  firstTextMs: number[];
  elapsedMs: number;
};

const check = (exchange: Exchange, { path, marker }: LoadRequest): Exchange => {
  if (exchange.status === 200 && exchange.firstTextMs !== undefined) return exchange;
  throw new Error(`${path} did not answer with "${marker}": ${exchange.body.slice(0, 600)}`);
};

/** Sends requests over `concurrency` connections, each the next as soon as the last is answered. Throws on a bad answer. */
export const burst = async (order: Burst): Promise<BurstResult> => {
  const startedAt = performance.now();
  const exchanges: Exchange[] = [];
  const isOver = () => performance.now() - startedAt >= order.durationMs || exchanges.length >= order.atMost;

  const work = async (): Promise<void> => {
    const connection = openConnection(order.port, order.marker);
    try {
      while (!isOver()) {
        exchanges.push(check(await connection.exchange(toBytes(order)), order));
        if (order.pauseMs > 0) await pause(order.pauseMs);
      }
    } finally {
      connection.close();
    }
  };

  await Promise.all(Array.from({ length: order.concurrency }, work));
  return {
    latenciesMs: exchanges.map(({ durationMs }) => durationMs),
    firstTextMs: exchanges.flatMap(({ firstTextMs }) => firstTextMs ?? []),
    elapsedMs: performance.now() - startedAt,
  };
};
