import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Answer } from '../../../../lambdas/exposition/http/answer-page';
import { sendAnswer } from '../../../../lambdas/exposition/http/send-answer';

const anAnswer = (body: Buffer): Answer => ({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body });

/** A response stream as Lambda has it: only a write sends the head. */
const aLambdaStream = () => {
  const stream = new PassThrough();
  const write = stream.write.bind(stream);
  const heads: Omit<Answer, 'body'>[] = [];
  let head: Omit<Answer, 'body'> | undefined;
  const opened = Object.assign(stream, {
    write: (chunk: Buffer | string) => {
      if (head !== undefined) heads.push(head);
      head = undefined;
      return chunk.length === 0 || write(chunk);
    },
  });
  return {
    open: (of: Omit<Answer, 'body'>) => {
      head = of;
      return opened;
    },
    body: buffer(stream),
    heads,
  };
};

describe('an answer', () => {
  it.each([
    ['without a body', 0],
    ['of a few bytes', 5],
    ['larger than a buffered one may be', 7_000_000],
  ])('%s arrives whole, with its head', async (_, length) => {
    const body = Buffer.alloc(length, 'metrics ');
    const stream = aLambdaStream();

    await sendAnswer(anAnswer(body), stream.open);

    expect((await stream.body).equals(body)).toBe(true);
    expect(stream.heads).toEqual([{ statusCode: 200, headers: { 'content-type': 'text/plain' } }]);
  });

  it('whose reader leaves is a failure of the call', async () => {
    const gone = new Writable({ write: (_, __, done) => done(new Error('The reader has left.')) });
    gone.on('error', () => undefined);

    await expect(sendAnswer(anAnswer(Buffer.alloc(3_000_000)), () => gone)).rejects.toThrow('left');
  });
});
