import fc from 'fast-check';
import { createRedactor } from '../../../../../lambdas/core/telemetry/redaction/create-redactor';
import { SECRETS } from './corpus';

/** The same cases in every run. */
const SEED = 20_261_121;

const redactor = createRedactor();

const [EMAIL = ''] = SECRETS.email;
const [KEY = ''] = SECRETS.gateway_key;
const [CARD = ''] = SECRETS.credit_card;

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const fail = (): never => {
  throw new Error('trapped');
};

describe('the fields of an object', () => {
  it('are redacted by what they hold, at any depth', () => {
    const fields = { note: `from ${EMAIL}`, list: [{ deep: { deeper: [`key ${KEY}`] } }] };

    expect(redactor.fields(fields)).toEqual({
      note: 'from [REDACTED_EMAIL]',
      list: [{ deep: { deeper: ['key [REDACTED_GATEWAY_KEY]'] } }],
    });
  });

  it('are blanked by their names, whatever they hold', () => {
    const fields = { password: 'x', apiKey: ['a', 'b'], 'X-Api-Key': 7, credentials: { user: 'x', word: 'y' } };

    expect(redactor.fields(fields)).toEqual({
      password: '[REDACTED_SECRET]',
      apiKey: '[REDACTED_SECRET]',
      'X-Api-Key': '[REDACTED_SECRET]',
      credentials: '[REDACTED_SECRET]',
    });
  });

  it('say still whether there is a secret', () => {
    const fields = { password: null, secret: '', token: false, api_key: undefined };

    expect(redactor.fields(fields)).toEqual(fields);
  });

  it('named after personal data are blanked too', () => {
    const fields = { phone: '555 1234', ssn: 123_456_789, email: 'jane at home', card_number: '1234' };

    expect(redactor.fields(fields)).toEqual({
      phone: '[REDACTED_PHONE]',
      ssn: '[REDACTED_SSN]',
      email: '[REDACTED_EMAIL]',
      card_number: '[REDACTED_CREDIT_CARD]',
    });
  });

  it('keep numbers, but for one of a card', () => {
    const fields = { input_tokens: 1_234, at: 1_763_722_471_123, cost: 0.4111111111111111, card: Number(CARD) };

    expect(redactor.fields(fields)).toEqual({ ...fields, card: '[REDACTED_CREDIT_CARD]' });
  });

  it('keep the ids that the gateway makes, even one that passes for a card', () => {
    const fields = { span_id: CARD, request_id: CARD, session_id: CARD, nested: { span_id: CARD } };

    expect(redactor.fields(fields)).toEqual({
      span_id: CARD,
      request_id: CARD,
      session_id: '[REDACTED_CREDIT_CARD]',
      nested: { span_id: '[REDACTED_CREDIT_CARD]' },
    });
  });

  it('lose secrets from their names', () => {
    expect(redactor.fields({ [EMAIL]: 1, headers: new Map([[KEY, 'x']]) })).toEqual({
      '[REDACTED_EMAIL]': 1,
      headers: { '[REDACTED_GATEWAY_KEY]': 'x' },
    });
  });

  it('are copied: what was given stays as it is', () => {
    const fields = { note: EMAIL, list: [KEY], nested: { password: 'x' } };

    redactor.fields(fields);

    expect(fields).toEqual({ note: EMAIL, list: [KEY], nested: { password: 'x' } });
  });
});

describe('a value', () => {
  class Point {
    readonly #hidden = KEY;
    readonly shown = EMAIL;
    hidden = (): string => this.#hidden;
  }

  it.each<[name: string, value: unknown, copy: unknown]>([
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a date that is none', new Date(Number.NaN), '[invalid date]'],
    ['a big integer', 10n, '10'],
    ['a big integer of a card', BigInt(CARD), '[REDACTED_CREDIT_CARD]'],
    ['bytes', Buffer.from(KEY), `[${KEY.length} bytes]`],
    ['an array of bytes', new Uint8Array(3), '[3 bytes]'],
    [
      'a map',
      new Map<unknown, unknown>([
        ['password', 1],
        [2, EMAIL],
      ]),
      { password: '[REDACTED_SECRET]', 2: '[REDACTED_EMAIL]' },
    ],
    ['a set', new Set([EMAIL]), ['[REDACTED_EMAIL]']],
    ['what makes JSON of itself', { toJSON: () => ({ note: EMAIL }) }, { note: '[REDACTED_EMAIL]' }],
    ['an address', new URL('https://user:hunter2@example.com/'), 'https://user:[REDACTED_SECRET]@example.com/'],
    ['an object of a class', { ...new Point(), hidden: undefined }, { shown: '[REDACTED_EMAIL]' }],
    ['a function', () => KEY, undefined],
    ['a symbol', Symbol(KEY), undefined],
    ['nothing', null, null],
    ['truth', true, true],
  ])('that is %s is copied as plain data', (_, value, copy) => {
    expect(redactor.value(value)).toEqual(copy);
  });

  it('that is an error is told without secrets', () => {
    const error = new TypeError(`refused ${KEY}`);

    expect(redactor.value({ error })).toEqual({
      error: { name: 'TypeError', message: 'refused [REDACTED_GATEWAY_KEY]', stack: expect.stringMatching(/^ +at /) },
    });
  });

  it('that is an error which quotes what was sent is told without its message', () => {
    const copy = JSON.stringify(redactor.value(new SyntaxError('Unexpected token m, "my prompt"')));

    expect(copy).not.toContain('prompt');
  });
});

describe('a hostile value', () => {
  const deep = (levels: number): unknown => {
    let value: unknown = EMAIL;
    for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
    return value;
  };
  const loop: Record<string, unknown> = { name: 'loop' };
  loop.self = loop;
  const throwing = {
    fine: 1,
    get bad(): never {
      throw new Error(KEY);
    },
  };
  const traps = { ownKeys: fail, get: fail, getPrototypeOf: fail };

  it.each<[name: string, value: unknown, copy: unknown]>([
    ['with a cycle', loop, { name: 'loop', self: '[circular]' }],
    ['with a getter that throws', throwing, { fine: 1, bad: '[unreadable]' }],
    ['whose every property is trapped', { inner: new Proxy({}, traps) }, { inner: '[unreadable]' }],
    ['that makes no JSON', { toJSON: fail }, '[unreadable]'],
    ['with a revoked proxy', [revoked()], ['[unreadable]']],
    ['named __proto__', JSON.parse('{"__proto__":{"polluted":true},"a":1}'), { a: 1 }],
    ['without a prototype', Object.assign(Object.create(null), { a: EMAIL }), { a: '[REDACTED_EMAIL]' }],
  ])('%s is told as far as it can be read', (_, value, copy) => {
    expect(redactor.value(value)).toEqual(copy);
  });

  it('that is 10,000 levels deep is told to its eighth', () => {
    expect(JSON.stringify(redactor.value(deep(10_000)))).toMatch(/^[[{"value:]+\[too deep\]/);
  });

  it('that is too large is told in part', () => {
    const copy = redactor.value({ list: Array.from({ length: 1_000_000 }, () => EMAIL) });

    expect(JSON.stringify(copy).length).toBeLessThan(30_000);
    expect(JSON.stringify(copy)).toMatch(/\[\d+ more\]"\]\}$/);
  });

  it('with too many names is told in part', () => {
    const names = Object.fromEntries(Array.from({ length: 100_000 }, (_, place) => [`name${place}`, place]));

    expect(Object.keys(redactor.fields(names)).length).toBe(1_001);
    expect(redactor.fields(names)).toMatchObject({ name0: 0, '...': '[99000 more]' });
  });

  it('never throws, and comes out as JSON without the secret that it held', () => {
    const secrets = fc.constantFrom(EMAIL, KEY, CARD);
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });

    fc.assert(
      fc.property(values, secrets, fc.string(), (value, secret, name) => {
        const copy = JSON.stringify(redactor.value({ value, [name]: [{ secret, list: new Set([secret]) }] })) ?? '';

        expect(copy).not.toContain(secret);
      }),
      { numRuns: 1_000, seed: SEED },
    );
  });

  it('is redacted to the same when it is redacted again', () => {
    fc.assert(
      fc.property(fc.object({ withDate: true, withMap: true }), (value) => {
        const once = redactor.value(value);

        expect(redactor.value(once)).toEqual(once);
      }),
      { numRuns: 500, seed: SEED },
    );
  });
});
