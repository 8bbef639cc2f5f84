import { type BadInput, bodyWith } from './bad-input';

const invalid = (param: string, value: unknown, at = param): BadInput => ({
  name: `${at}: ${JSON.stringify(value)?.slice(0, 60)}`,
  body: bodyWith({ [param]: value }),
  status: 400,
  code: 'invalid_request',
  param: at,
});
const unsupported = (param: string, value: unknown, at = param): BadInput => ({
  ...invalid(param, value, at),
  code: 'unsupported_parameter',
});
const missing = (param: string): BadInput => ({
  ...invalid(param, undefined),
  name: `${param} is missing`,
});

const user = { role: 'user', content: 'Hello' };
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
const tool = (name: unknown) => ({ type: 'function', function: { name } });
const image = (url: unknown) => [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];

/** Bodies in which one field is wrong, each refused by the path of that field. */
export const BAD_FIELDS: readonly BadInput[] = [
  missing('model'),
  missing('messages'),
  invalid('model', ''),
  invalid('model', 5),
  invalid('model', ['claude-haiku-4-5']),
  invalid('model', 'm'.repeat(257)),
  invalid('messages', 'Hello'),
  invalid('messages', {}),
  invalid('messages', []),
  invalid(
    'messages',
    Array.from({ length: 2_049 }, () => user),
  ),
  invalid('messages', [null], 'messages.0'),
  invalid('messages', ['Hello'], 'messages.0'),
  invalid('messages', [{ content: 'Hello' }], 'messages.0.role'),
  invalid('messages', [{ role: 'robot', content: 'Hello' }], 'messages.0.role'),
  invalid('messages', [{ role: 'constructor', content: 'Hello' }], 'messages.0.role'),
  invalid('messages', [{ role: 'user' }], 'messages.0.content'),
  invalid('messages', [{ role: 'user', content: null }], 'messages.0.content'),
  invalid('messages', [{ role: 'user', content: 7 }], 'messages.0.content'),
  invalid('messages', [{ role: 'user', content: ' \n ' }], 'messages.0.content'),
  invalid('messages', [{ role: 'user', content: [] }], 'messages.0.content'),
  invalid('messages', [{ role: 'user', content: [{ type: 'text' }] }], 'messages.0.content.0.text'),
  unsupported('messages', [{ role: 'user', content: [{ type: 'input_audio' }] }], 'messages.0.content.0.type'),
  unsupported('messages', [{ ...user, mood: 'good' }], 'messages.0.mood'),
  unsupported('messages', image('https://example.com/cat.png'), 'messages.0.content.0.image_url.url'),
  unsupported('messages', image('data:image/tiff;base64,AAAA'), 'messages.0.content.0.image_url.url'),
  invalid('messages', image('data:image/png;base64,?!'), 'messages.0.content.0.image_url.url'),
  invalid('messages', image('data:image/png,AAAA'), 'messages.0.content.0.image_url.url'),
  invalid('messages', [{ role: 'system', content: 'Be brief.' }], 'messages'),
  invalid('messages', [user, { role: 'assistant', content: 'Hi.' }], 'messages.1'),
  invalid('messages', [user, { role: 'assistant', tool_calls: [call] }, user], 'messages.1.tool_calls'),
  invalid('messages', [user, { role: 'tool', tool_call_id: 'call_1', content: '' }], 'messages.1.tool_call_id'),
  invalid(
    'messages',
    [user, { role: 'assistant', tool_calls: [{ ...call, function: { name: 'f', arguments: '{' } }] }],
    'messages.1.tool_calls.0.function.arguments',
  ),
  invalid('max_tokens', 0),
  invalid('max_tokens', -1),
  invalid('max_tokens', 1.5),
  invalid('max_tokens', '20'),
  invalid('max_tokens', 1e21),
  invalid('max_completion_tokens', 5, 'max_tokens'),
  invalid('temperature', 2.1),
  invalid('temperature', -0.1),
  invalid('temperature', 'hot'),
  unsupported('temperature', 1.5),
  invalid('top_p', 1.1),
  invalid('stop', ''),
  invalid('stop', 5),
  invalid('stop', ['a', 'b', 'c', 'd', 'e']),
  invalid('stream', 'yes'),
  invalid('stream_options', { include_usage: true }),
  invalid('user', 'u'.repeat(513)),
  invalid('user', {}),
  invalid('metadata', 'team'),
  invalid('metadata', { team: 7 }, 'metadata.team'),
  invalid('metadata', Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']))),
  invalid('tools', {}),
  invalid('tools', [{ type: 'function' }], 'tools.0.function'),
  invalid('tools', [tool('two words')], 'tools.0.function.name'),
  invalid('tools', [tool('f'), tool('f')], 'tools.1.function.name'),
  unsupported('tools', [{ type: 'retrieval' }], 'tools.0.type'),
  invalid(
    'tools',
    Array.from({ length: 129 }, (_, index) => tool(`t${index}`)),
  ),
  invalid('tool_choice', 'required'),
  invalid('tool_choice', 'sometimes'),
  unsupported('n', 2),
  unsupported('n', '1'),
  unsupported('logprobs', true),
  unsupported('response_format', { type: 'json_schema' }),
  unsupported('functions', []),
  unsupported('constructor', {}),
  unsupported('toString', 'x'),
  unsupported('made_up', null),
];

const junk = (model: string): BadInput => ({
  name: `model: ${JSON.stringify(model)}`,
  body: bodyWith({ model }),
  status: 404,
  code: 'unknown_model',
  param: 'model',
});

/** Names that no model has, some of which objects and tables stumble over. */
export const JUNK_MODELS: readonly BadInput[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'gpt-4o',
  'Claude-Haiku-4-5',
  ' claude-haiku-4-5',
  'claude-haiku-4-5\n',
  'us.',
  'us.__proto__',
  '../../etc/passwd',
  'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
  'x\r\nX-Evil: 1',
  '\u0000',
  '模型',
  '💥'.repeat(60),
].map(junk);
