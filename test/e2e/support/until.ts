import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 50;

/**
 * Asks again and again until there is an answer, for what is written after the last byte of a response.
 * Rejects with `what` when the time is up.
 */
export const until = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  withinMs = 20_000,
): Promise<Answer> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Within ${withinMs} ms it did not come to pass that ${what}.`);
    await sleep(PAUSE_MS);
  }
};
