import { type Answer, createCollector } from '../core/chat/collect';
import type { ChatEvent } from '../core/chat/events';
import type { AnswerWriter } from './answer-writer';

/** How long the line may be silent: before the first byte of an answer, and between two of its events. */
const SILENCE_MS = { first: 25_000, between: 15_000 };

/**
 * Reads an answer to its end, whatever the client does: a provider bills the whole generation, so the record must hold it.
 * The writer only queues. Returns the whole answer; a failure of the answer is thrown.
 */
export const pump = async (
  events: AsyncIterable<ChatEvent> | Iterable<ChatEvent>,
  writer: AnswerWriter,
): Promise<Answer> => {
  const { add, answer } = createCollector();
  let timer: NodeJS.Timeout | undefined;
  const waitUpTo = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writer.keepAlive();
      waitUpTo(SILENCE_MS.between);
    }, ms).unref();
  };
  waitUpTo(SILENCE_MS.first);
  try {
    for await (const event of events) {
      add(event);
      if (event.type === 'finish') continue;
      writer.event(event);
      waitUpTo(SILENCE_MS.between);
    }
  } finally {
    clearTimeout(timer);
  }
  writer.finish(answer);
  return answer;
};
