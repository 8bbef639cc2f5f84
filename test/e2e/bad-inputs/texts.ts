import { type BadInput, bodyWith } from './bad-input';

const text = (name: string, body: string | Buffer): BadInput => ({
  name,
  body,
  status: 400,
  code: 'invalid_request',
});

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that are no JSON object, or one that nobody could carry on faithfully. */
export const BAD_TEXTS: readonly BadInput[] = [
  text('no body', ''),
  text('blank', '   \n'),
  text('no JSON', 'hello'),
  text('a form', 'model=claude-haiku-4-5&stream=true'),
  text('JSON that breaks off', bodyWith().slice(0, -1)),
  text('two JSON objects', bodyWith() + bodyWith()),
  text('a byte-order mark', `\ufeff${bodyWith()}`),
  text('a comment', `/* hi */ ${bodyWith()}`),
  text('single quotes', bodyWith().replaceAll('"', "'")),
  text('NaN', bodyWith({ temperature: 0.5 }).replace('0.5', 'NaN')),
  text('null', 'null'),
  text('a number', '42'),
  text('a string', '"hello"'),
  text('an array', `[${bodyWith()}]`),
  text('control characters', Buffer.from([0, 1, 2, 3])),
  text('bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0x81])),
  text('UTF-16', Buffer.from(bodyWith(), 'utf16le')),
  { ...text('nothing but nesting', nested(100_000)), param: deepParam('0', 126) },
  {
    ...text('nesting in a message', bodyWith({ messages: [] }).replace('[]', nested(200))),
    param: deepParam('messages', 127),
  },
  { ...text('half a surrogate pair', bodyWith().replace('Hello', String.raw`\ud83d`)), param: 'messages.0.content' },
  { ...text('a number out of range', bodyWith().replace('20', '1e999')), param: 'max_tokens' },
  { ...text('the key __proto__', bodyWith().replace('{', '{"__proto__":{"stream":true},')), param: '__proto__' },
  {
    ...text('the key __proto__ in a message', bodyWith().replace('"role"', '"__proto__":1,"role"')),
    param: 'messages.0.__proto__',
  },
];

/** The path of something too deep, cut as every `param` is. */
function deepParam(from: string, depth: number): string {
  return `${from}${'.0'.repeat(depth)}`.slice(0, 160).concat('…');
}
