import { GatewayError, REFUSALS } from '../../../../lambdas/core/errors';
import { REQUEST_LIMITS } from '../../../../lambdas/gateway/openai/limits';
import { parseChat } from '../../../../lambdas/gateway/openai/parse';
import { aBody, anImage, aTool, aToolCall, parseBody, parseText } from './bodies';

const refusalOf = (
  act: () => unknown,
): { status: number; code: string; param: string | undefined; message: string } => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { status: REFUSALS[error.code].status, code: error.code, param: error.param, message: error.message };
  }
  throw new Error('It was accepted.');
};

const user = (content: unknown = 'Hello') => ({ role: 'user', content });
const calls = (...toolCalls: unknown[]) => ({ role: 'assistant', content: null, tool_calls: toolCalls });
const result = (id: unknown = 'call_1', content: unknown = 'cold') => ({ role: 'tool', tool_call_id: id, content });
const inMessages = (...messages: unknown[]) => ({ messages });
const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));

const invalid = 'invalid_request';
const unsupported = 'unsupported_parameter';

describe('parseChat refuses a body that is', () => {
  it.each([
    ['empty', Buffer.from('')],
    ['not JSON', Buffer.from('{"model": }')],
    ['cut', Buffer.from('{"model":"a"')],
    ['two values', Buffer.from('{}{}')],
    ['a JavaScript value', Buffer.from('{"temperature":NaN}')],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['an array', Buffer.from('[]')],
    ['a string', Buffer.from('"a"')],
    ['null', Buffer.from('null')],
    ['100,000 open brackets', Buffer.from('['.repeat(100_000))],
  ])('%s', (_name, body) => {
    expect(refusalOf(() => parseChat(body))).toMatchObject({ status: 400, code: invalid, param: undefined });
  });

  it('malformed, without quoting it', () => {
    const { message } = refusalOf(() => parseText('{"secret prompt'));

    expect(message).toBe('The body is not valid JSON.');
  });
});

describe('parseChat refuses what no later stage could carry', () => {
  const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const withText = (text: string) => JSON.stringify(aBody()).replace('"Hello"', text);

  it.each([
    ['a number out of range', '{"temperature":1e999}', 'temperature'],
    ['a prototype', '{"__proto__":{"model":"a"}}', '__proto__'],
    ['a prototype that is spelled with escapes', '{"\\u005f_proto__":1}', '__proto__'],
    ['half of a surrogate pair', withText('"a\\ud83d"'), 'messages.0.content'],
    ['the other half', withText('"\\uDE00a"'), 'messages.0.content'],
    ['half of a surrogate pair in a name', '{"metadata":{"\\ud83d":"a"}}', 'metadata.\ud83d'],
  ])('%s', (_name, body, param) => {
    expect(refusalOf(() => parseText(body))).toMatchObject({ code: invalid, param });
  });

  it('a prototype within a schema', () => {
    const parameters = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}');

    const refusal = refusalOf(() => parseBody({ tools: [aTool('a', { parameters })] }));

    expect(refusal).toMatchObject({ code: invalid, param: 'tools.0.function.parameters.properties.__proto__' });
  });

  it('a prototype within the arguments of a tool call', () => {
    const messages = [user(), calls(aToolCall('a', '{"__proto__":{"admin":true}}')), result('a')];

    const refusal = refusalOf(() => parseBody({ messages }));

    expect(refusal).toMatchObject({ code: invalid, param: 'messages.1.tool_calls.0.function.arguments' });
  });

  it('deep nesting, in the body and in arguments', () => {
    const body = refusalOf(() => parseBody({ tools: [aTool('a', { parameters: deep(REQUEST_LIMITS.jsonDepth) })] }));
    const json = '['.repeat(200_000) + ']'.repeat(200_000);
    const inner = refusalOf(() => parseBody({ messages: [user(), calls(aToolCall('a', json)), result('a')] }));

    expect(body.message).toContain('nested deeper than 128 levels');
    expect(inner).toMatchObject({ code: invalid, param: 'messages.1.tool_calls.0.function.arguments' });
  });

  it('a path of any length, cut', () => {
    const { param, message } = refusalOf(() => parseBody({ ['k'.repeat(100_000)]: 1 }));

    expect(param?.length).toBeLessThan(200);
    expect(message.length).toBeLessThan(300);
  });
});

describe('parseChat refuses fields', () => {
  it.each<[string, object, string, string]>([
    ['no model', { model: undefined }, invalid, 'model'],
    ['a null model', { model: null }, invalid, 'model'],
    ['a model that is a number', { model: 5 }, invalid, 'model'],
    ['an empty model', { model: '' }, invalid, 'model'],
    ['an endless model', { model: 'a'.repeat(257) }, invalid, 'model'],
    ['an unknown field', { top_k: 5 }, unsupported, 'top_k'],
    ['a field named as an object member', { constructor: 5 }, unsupported, 'constructor'],
    ['a field named as a nested one', { 'messages.*.name': 'a' }, unsupported, 'messages.*.name'],
    ['temperature as text', { temperature: '1' }, invalid, 'temperature'],
    ['temperature above the range', { temperature: 2.01 }, invalid, 'temperature'],
    ['temperature below the range', { temperature: -1 }, invalid, 'temperature'],
    ['top_p above the range', { top_p: 1.1 }, invalid, 'top_p'],
    ['max_tokens of zero', { max_tokens: 0 }, invalid, 'max_tokens'],
    ['a fraction of a token', { max_tokens: 1.5 }, invalid, 'max_tokens'],
    ['more tokens than a number can count', { max_completion_tokens: 1e300 }, invalid, 'max_completion_tokens'],
    ['bounds that differ', { max_tokens: 1, max_completion_tokens: 2 }, invalid, 'max_tokens'],
    ['stop as a number', { stop: 1 }, invalid, 'stop'],
    ['an empty stop', { stop: '' }, invalid, 'stop'],
    ['an empty stop among others', { stop: ['a', ''] }, invalid, 'stop.1'],
    ['five stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, invalid, 'stop'],
    ['stream as text', { stream: 'true' }, invalid, 'stream'],
    ['stream_options without stream', { stream_options: { include_usage: true } }, invalid, 'stream_options'],
    ['stream_options as text', { stream: true, stream_options: 'a' }, invalid, 'stream_options'],
    [
      'include_usage as text',
      { stream: true, stream_options: { include_usage: 'yes' } },
      invalid,
      'stream_options.include_usage',
    ],
    ['an unknown stream option', { stream: true, stream_options: { every: 5 } }, unsupported, 'stream_options.every'],
    [
      'padding',
      { stream: true, stream_options: { include_obfuscation: true } },
      unsupported,
      'stream_options.include_obfuscation',
    ],
    ['user as a number', { user: 5 }, invalid, 'user'],
    ['an endless user', { user: 'a'.repeat(513) }, invalid, 'user'],
    ['metadata as a list', { metadata: [] }, invalid, 'metadata'],
    ['metadata of numbers', { metadata: { a: 'b', c: 1 } }, invalid, 'metadata.c'],
    ['long metadata', { metadata: { a: 'x'.repeat(513) } }, invalid, 'metadata.a'],
    ['long names of metadata', { metadata: { ['k'.repeat(65)]: 'x' } }, invalid, `metadata.${'k'.repeat(65)}`],
    ['17 entries of metadata', { metadata: Object.fromEntries(many(17, (i) => [`k${i}`, 'v'])) }, invalid, 'metadata'],
  ])('%s', (_name, changes, code, param) => {
    expect(refusalOf(() => parseBody(changes))).toMatchObject({ status: 400, code, param });
  });
});

describe('parseChat refuses messages', () => {
  it.each<[string, object, string, string]>([
    ['none', { messages: undefined }, invalid, 'messages'],
    ['null', { messages: null }, invalid, 'messages'],
    ['an object', { messages: { 0: user() } }, invalid, 'messages'],
    ['an empty list', inMessages(), invalid, 'messages'],
    ['too many', { messages: many(2_049, () => user()) }, invalid, 'messages'],
    ['a million', { messages: many(1_000_000, () => 0) }, invalid, 'messages'],
    ['a string', inMessages('Hello'), invalid, 'messages.0'],
    ['a list', inMessages([user()]), invalid, 'messages.0.role'],
    ['no role', inMessages({ content: 'a' }), invalid, 'messages.0.role'],
    ['an unknown role', inMessages({ role: 'robot', content: 'a' }), invalid, 'messages.0.role'],
    [
      'the role of the old function results',
      inMessages({ role: 'function', name: 'a', content: 'b' }),
      invalid,
      'messages.0.role',
    ],
    ['a role that is an object member', inMessages({ role: 'constructor', content: 'a' }), invalid, 'messages.0.role'],
    ['an unknown field', inMessages({ ...user(), cache_control: {} }), unsupported, 'messages.0.cache_control'],
    ['no content', inMessages({ role: 'user' }), invalid, 'messages.0.content'],
    ['null content', inMessages(user(null)), invalid, 'messages.0.content'],
    ['content as a number', inMessages(user(5)), invalid, 'messages.0.content'],
    ['blank content', inMessages(user(' \n')), invalid, 'messages.0.content'],
    ['content without parts', inMessages(user([])), invalid, 'messages.0.content'],
    ['blank parts only', inMessages(user([{ type: 'text', text: '' }])), invalid, 'messages.0.content'],
    ['too many parts', inMessages(user(many(257, () => ({ type: 'text', text: 'a' })))), invalid, 'messages.0.content'],
    ['a part that is a string', inMessages(user(['a'])), invalid, 'messages.0.content.0'],
    ['a part without a type', inMessages(user([{ text: 'a' }])), unsupported, 'messages.0.content.0.type'],
    ['audio', inMessages(user([{ type: 'input_audio', input_audio: {} }])), unsupported, 'messages.0.content.0.type'],
    ['a file', inMessages(user([{ type: 'file', file: {} }])), unsupported, 'messages.0.content.0.type'],
    ['text as a number', inMessages(user([{ type: 'text', text: 1 }])), invalid, 'messages.0.content.0.text'],
    [
      'a part with an unknown field',
      inMessages(user([{ type: 'text', text: 'a', b: 1 }])),
      unsupported,
      'messages.0.content.0.b',
    ],
    [
      'an image for the system',
      inMessages({ role: 'system', content: [anImage()] }, user()),
      unsupported,
      'messages.0.content.0.type',
    ],
    ['the system alone', inMessages({ role: 'system', content: 'a' }), invalid, 'messages'],
    ['an answer at the end', inMessages(user(), { role: 'assistant', content: 'a' }), invalid, 'messages.1'],
    ['an answer that says nothing', inMessages(user(), { role: 'assistant' }, user()), invalid, 'messages.1.content'],
    [
      'an answer with audio',
      inMessages({ role: 'assistant', content: 'a', audio: { id: 'b' } }),
      unsupported,
      'messages.0.audio',
    ],
    [
      'an answer with an old function call',
      inMessages({ role: 'assistant', function_call: { name: 'a' } }),
      unsupported,
      'messages.0.function_call',
    ],
  ])('%s', (_name, changes, code, param) => {
    expect(refusalOf(() => parseBody(changes))).toMatchObject({ status: 400, code, param });
  });
});

describe('parseChat refuses images', () => {
  const url = 'messages.0.content.1.image_url.url';
  const withImage = (part: unknown) => inMessages(user([{ type: 'text', text: 'What is this?' }, part]));

  it.each<[string, unknown, string, string]>([
    ['at a remote address', anImage('https://example.com/a.png'), unsupported, url],
    ['at an empty address', anImage(''), unsupported, url],
    ['in a file', anImage('file:///etc/passwd'), unsupported, url],
    ['as SVG', anImage('data:image/svg+xml;base64,AAAA'), unsupported, url],
    ['as a document', anImage('data:application/pdf;base64,AAAA'), unsupported, url],
    ['of a type that is an object member', anImage('data:constructor;base64,AAAA'), unsupported, url],
    ['without base64', anImage('data:image/png,AAAA'), invalid, url],
    ['without data', anImage('data:image/png;base64,'), invalid, url],
    ['without a comma', anImage('data:image/png;base64'), invalid, url],
    ['of broken base64', anImage('data:image/png;base64,AA*A'), invalid, url],
    ['of cut base64', anImage('data:image/png;base64,AAA'), invalid, url],
    ['of base64 in lines', anImage('data:image/png;base64,AAAA\nAAA'), invalid, url],
    ['of padding only', anImage('data:image/png;base64,===='), invalid, url],
    ['without an address', { type: 'image_url', image_url: {} }, invalid, url],
    [
      'as a string',
      { type: 'image_url', image_url: 'data:image/png;base64,AAAA' },
      invalid,
      'messages.0.content.1.image_url',
    ],
    ['with unknown fields', anImage(undefined, { size: 5 }), unsupported, 'messages.0.content.1.image_url.size'],
  ])('%s', (_name, part, code, param) => {
    expect(refusalOf(() => parseBody(withImage(part)))).toMatchObject({ status: 400, code, param });
  });
});

describe('parseChat refuses tools', () => {
  it.each<[string, object, string, string]>([
    ['as an object', { tools: {} }, invalid, 'tools'],
    ['too many', { tools: many(129, (index) => aTool(`t${index}`)) }, invalid, 'tools'],
    ['of another type', { tools: [{ type: 'custom', custom: { name: 'a' } }] }, unsupported, 'tools.0.type'],
    ['without a function', { tools: [{ type: 'function' }] }, invalid, 'tools.0.function'],
    ['without a name', { tools: [aTool('a', { name: undefined })] }, invalid, 'tools.0.function.name'],
    ['with a name in words', { tools: [aTool('get weather')] }, invalid, 'tools.0.function.name'],
    ['with an endless name', { tools: [aTool('a'.repeat(65))] }, invalid, 'tools.0.function.name'],
    ['of one name', { tools: [aTool('a'), aTool('a')] }, invalid, 'tools.1.function.name'],
    ['with parameters as text', { tools: [aTool('a', { parameters: '{}' })] }, invalid, 'tools.0.function.parameters'],
    ['with parameters as a list', { tools: [aTool('a', { parameters: [] })] }, invalid, 'tools.0.function.parameters'],
    [
      'with parameters that are no object',
      { tools: [aTool('a', { parameters: { type: 'string' } })] },
      invalid,
      'tools.0.function.parameters',
    ],
    ['with unknown fields', { tools: [aTool('a', { cost: 5 })] }, unsupported, 'tools.0.function.cost'],
    ['chosen by an unknown word', { tools: [aTool()], tool_choice: 'any' }, invalid, 'tool_choice'],
    ['chosen by a list', { tools: [aTool()], tool_choice: [] }, invalid, 'tool_choice.type'],
    [
      'chosen by a list of names',
      { tools: [aTool()], tool_choice: { type: 'allowed_tools', allowed_tools: {} } },
      unsupported,
      'tool_choice.type',
    ],
    ['chosen without a name', { tools: [aTool()], tool_choice: { type: 'function' } }, invalid, 'tool_choice.function'],
    [
      'that are not there, by name',
      { tools: [aTool()], tool_choice: { type: 'function', function: { name: 'b' } } },
      invalid,
      'tool_choice.function.name',
    ],
    ['that are not there, by force', { tool_choice: 'required' }, invalid, 'tool_choice'],
    ['one at a time', { tools: [aTool()], parallel_tool_calls: false }, unsupported, 'parallel_tool_calls'],
  ])('%s', (_name, changes, code, param) => {
    expect(refusalOf(() => parseBody(changes))).toMatchObject({ status: 400, code, param });
  });
});

describe('parseChat refuses tool calls', () => {
  const call = 'messages.1.tool_calls.0';

  it.each<[string, object, string, string]>([
    ['as an object', inMessages(user(), { role: 'assistant', tool_calls: {} }), invalid, 'messages.1.tool_calls'],
    [
      'too many',
      inMessages(user(), calls(...many(129, (index) => aToolCall(`c${index}`)))),
      invalid,
      'messages.1.tool_calls',
    ],
    ['without an id', inMessages(user(), calls({ ...aToolCall(), id: undefined })), invalid, `${call}.id`],
    ['with an empty id', inMessages(user(), calls(aToolCall(''))), invalid, `${call}.id`],
    [
      'of another type',
      inMessages(user(), calls({ id: 'a', type: 'custom', custom: {} })),
      unsupported,
      `${call}.type`,
    ],
    [
      'with broken arguments',
      inMessages(user(), calls(aToolCall('a', '{"a":'))),
      invalid,
      `${call}.function.arguments`,
    ],
    [
      'with arguments in a list',
      inMessages(user(), calls(aToolCall('a', '[1]'))),
      invalid,
      `${call}.function.arguments`,
    ],
    [
      'with null for arguments',
      inMessages(user(), calls(aToolCall('a', 'null'))),
      invalid,
      `${call}.function.arguments`,
    ],
    [
      'with arguments out of range',
      inMessages(user(), calls(aToolCall('a', '{"a":-1e999}'))),
      invalid,
      `${call}.function.arguments`,
    ],
    [
      'with arguments as an object',
      inMessages(user(), calls({ ...aToolCall(), function: { name: 'a', arguments: {} } })),
      invalid,
      `${call}.function.arguments`,
    ],
    [
      'twice in one message',
      inMessages(user(), calls(aToolCall('a'), aToolCall('a')), result('a')),
      invalid,
      'messages.1.tool_calls.1.id',
    ],
    [
      'twice in one conversation',
      inMessages(user(), calls(aToolCall('a')), result('a'), calls(aToolCall('a')), result('a')),
      invalid,
      'messages.3.tool_calls.0.id',
    ],
    ['at the end', inMessages(user(), calls(aToolCall())), invalid, 'messages.1.tool_calls'],
    ['that nobody answers', inMessages(user(), calls(aToolCall()), user()), invalid, 'messages.1.tool_calls'],
    [
      'of which one is not answered',
      inMessages(user(), calls(aToolCall('a'), aToolCall('b')), result('a'), user()),
      invalid,
      'messages.1.tool_calls',
    ],
    [
      'answered under an unknown id',
      inMessages(user(), calls(aToolCall('a')), result('b')),
      invalid,
      'messages.2.tool_call_id',
    ],
    [
      'answered twice',
      inMessages(user(), calls(aToolCall('a')), result('a'), result('a')),
      invalid,
      'messages.3.tool_call_id',
    ],
    ['answered before they are made', inMessages(result(), user()), invalid, 'messages.0.tool_call_id'],
    [
      'answered without an id',
      inMessages(user(), calls(aToolCall()), { role: 'tool', content: 'cold' }),
      invalid,
      'messages.2.tool_call_id',
    ],
    [
      'answered with an image',
      inMessages(user(), calls(aToolCall()), result('call_1', [anImage()])),
      unsupported,
      'messages.2.content.0.type',
    ],
    [
      'answered with null',
      inMessages(user(), calls(aToolCall()), result('call_1', null)),
      invalid,
      'messages.2.content',
    ],
  ])('%s', (_name, changes, code, param) => {
    expect(refusalOf(() => parseBody(changes))).toMatchObject({ status: 400, code, param });
  });
});

it('says what to do in words that follow the name of the field', () => {
  const remote = refusalOf(() => parseBody(inMessages(user([anImage('http://a/b.png')]))));
  const missing = refusalOf(() => parseBody({ model: undefined }));
  const unknown = refusalOf(() => parseBody({ top_k: 1 }));

  expect(remote.message).toBe(
    '`messages.0.content.0.image_url.url` is not supported: the gateway fetches no remote images; send a data URL (data:image/png;base64,...).',
  );
  expect(missing.message).toBe('`model` is required.');
  expect(unknown.message).toBe('`top_k` is not supported: no such field is known.');
});
