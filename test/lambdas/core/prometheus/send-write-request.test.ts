import type { PostAnswer } from '../../../../lambdas/core/prometheus/post';
import { createSendWriteRequest } from '../../../../lambdas/core/prometheus/send-write-request';

type Scripted = Partial<PostAnswer> | Error;

/** A receiver that answers as it is told, the last answer for ever, on a clock that only pauses move. */
const aReceiver = (...answers: readonly Scripted[]) => {
  const bodies: Uint8Array[] = [];
  const pauses: number[] = [];
  const allowedMs: number[] = [];
  let clock = 0;
  const send = createSendWriteRequest({
    post: async (body, mostMs) => {
      allowedMs.push(mostMs);
      const answer = answers[Math.min(bodies.length, answers.length - 1)];
      bodies.push(body);
      if (answer instanceof Error) throw answer;
      return { status: 200, text: '', retryAfterSeconds: undefined, ...answer };
    },
    now: () => clock,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      clock += milliseconds;
    },
    random: () => 0.5,
  });
  return { bodies, pauses, allowedMs, send: (deadlineMs = 10_000) => send({ series: [], metadata: [] }, deadlineMs) };
};

describe('a remote write that is refused', () => {
  it.each([
    [400, 'rejected', false],
    [401, 'denied', false],
    [403, 'denied', false],
    [404, 'rejected', false],
    [413, 'rejected', false],
    [422, 'rejected', false],
    [429, 'throttled', true],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
  ] as const)('with %d counts as %s, and is sent again: %s', async (status, reason, again) => {
    const receiver = aReceiver({ status, text: 'why' }, { status: 200 });

    const result = await receiver.send();

    expect(receiver.bodies).toHaveLength(again ? 2 : 1);
    expect(result).toEqual(
      again ? { written: true } : { written: false, reason, status, text: 'why', cause: undefined },
    );
  });

  it('by the network is sent again, byte for byte', async () => {
    const receiver = aReceiver(new Error('socket hang up'), { status: 200 });

    expect(await receiver.send()).toEqual({ written: true });

    expect(receiver.bodies[1]).toEqual(receiver.bodies[0]);
  });

  it('waits as long as the receiver asks for', async () => {
    const receiver = aReceiver({ status: 429, retryAfterSeconds: 3 }, { status: 200 });

    await receiver.send();

    expect(receiver.pauses).toEqual([3_000]);
  });

  it('is not waited for beyond the deadline', async () => {
    const receiver = aReceiver({ status: 429, retryAfterSeconds: 30 });

    expect(await receiver.send(10_000)).toMatchObject({ written: false, reason: 'throttled' });

    expect(receiver.pauses).toEqual([]);
  });

  it('is sent again at growing intervals until the deadline', async () => {
    const receiver = aReceiver({ status: 503, text: 'down' });

    expect(await receiver.send(10_000)).toMatchObject({ written: false, reason: 'unavailable', text: 'down' });

    expect(receiver.pauses).toEqual([150, 300, 600, 1_200, 2_400, 3_750]);
  });

  it('may take no longer at any try than what is left until the deadline', async () => {
    const receiver = aReceiver({ status: 503 });

    await receiver.send(1_000);

    expect(receiver.allowedMs).toEqual([1_000, 850, 550]);
  });

  it('tells why nobody answered', async () => {
    const cause = new Error('connect ECONNREFUSED');

    expect(await aReceiver(cause).send(100)).toEqual({
      written: false,
      reason: 'unreachable',
      status: undefined,
      text: '',
      cause,
    });
  });
});
