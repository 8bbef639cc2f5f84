import type { Answer } from '../../../lambdas/core/chat/collect';
import type { ChatEvent } from '../../../lambdas/core/chat/events';
import type { GatewayError } from '../../../lambdas/core/errors';
import type { AnswerWriter } from '../../../lambdas/gateway/answer-writer';
import { pump } from '../../../lambdas/gateway/pump';
import { anAnswer } from '../../support/builders';

/** A writer that keeps what it is given, in order. */
const createKeepingWriter = (): AnswerWriter & { written: (string | Answer | GatewayError)[] } => {
  const written: (string | Answer | GatewayError)[] = [];
  return {
    written,
    event: (event) => written.push(event.type),
    finish: (answer) => written.push(answer),
    fail: (error) => written.push(error),
    keepAlive: () => written.push('keep-alive'),
  };
};

/** A provider that gives an event when it is told to. */
const createSlowAnswer = () => {
  let give: (event: ChatEvent | undefined) => void = () => {};
  const next = () =>
    new Promise<ChatEvent | undefined>((resolve) => {
      give = resolve;
    });
  let coming = next();
  async function* events(): AsyncGenerator<ChatEvent> {
    for (let event = await coming; event; event = await coming) {
      coming = next();
      yield event;
    }
  }
  return { events: events(), give: (event?: ChatEvent) => give(event) };
};

describe('the pump', () => {
  it('hands every event but the last to the writer, and then the whole answer', async () => {
    const writer = createKeepingWriter();

    const answer = await pump(anAnswer('Hi.'), writer);

    expect(answer).toMatchObject({ text: 'Hi.', reason: 'stop' });
    expect(writer.written).toEqual(['text', answer]);
  });

  it('throws what the answer throws, and finishes nothing', async () => {
    const writer = createKeepingWriter();
    const broken = async function* (): AsyncGenerator<ChatEvent> {
      yield { type: 'text', text: 'Once' };
      throw new Error('cut');
    };

    const pumping = pump(broken(), writer);

    await expect(pumping).rejects.toThrow('cut');
    expect(writer.written).toEqual(['text']);
  });
});

describe('the pump of a model that thinks', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is silent for 25 s, then keeps the line alive every 15 s', async () => {
    const writer = createKeepingWriter();
    const { events, give } = createSlowAnswer();
    const pumping = pump(events, writer);

    await jest.advanceTimersByTimeAsync(24_999);
    const before = [...writer.written];
    await jest.advanceTimersByTimeAsync(1 + 15_000 + 15_000);
    const after = [...writer.written];
    give();
    await pumping;

    expect(before).toEqual([]);
    expect(after).toEqual(['keep-alive', 'keep-alive', 'keep-alive']);
  });

  it('keeps the line alive 15 s after an event, and never after the end', async () => {
    const writer = createKeepingWriter();
    const { events, give } = createSlowAnswer();
    const pumping = pump(events, writer);
    give({ type: 'text', text: 'Well' });
    await jest.advanceTimersByTimeAsync(14_999);
    const before = [...writer.written];
    await jest.advanceTimersByTimeAsync(1);
    give();
    const answer = await pumping;

    await jest.advanceTimersByTimeAsync(60_000);

    expect(before).toEqual(['text']);
    expect(writer.written).toEqual(['text', 'keep-alive', answer]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when the answer fails', async () => {
    const pumping = pump(
      (async function* (): AsyncGenerator<ChatEvent> {
        yield { type: 'text', text: 'Once' };
        throw new Error('cut');
      })(),
      createKeepingWriter(),
    );

    await expect(pumping).rejects.toThrow('cut');

    expect(jest.getTimerCount()).toBe(0);
  });
});
