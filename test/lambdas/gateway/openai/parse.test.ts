import { aBody, anImage, aTool, aToolCall, PIXEL, parseBody, parseText, parseValue } from './bodies';

const text = (value: string) => ({ type: 'text', text: value });
const user = (content: unknown = 'Hello') => ({ role: 'user', content });

describe('parseChat', () => {
  it('reads the smallest request', () => {
    const chat = parseBody();

    expect(chat).toEqual({
      call: {
        model: 'claude-sonnet',
        system: [],
        messages: [{ role: 'user', content: [text('Hello')] }],
        tools: [],
        toolChoice: 'none',
        stop: [],
      },
      stream: false,
      includeUsage: false,
      user: undefined,
      metadata: {},
    });
  });

  it('hoists system and developer texts in their order, wherever they stand', () => {
    const { call } = parseBody({
      messages: [
        { role: 'system', content: 'one' },
        user(),
        { role: 'developer', content: [text('two'), text('three')] },
        { role: 'system', content: 'four' },
      ],
    });

    expect(call.system).toEqual(['one', 'two', 'three', 'four']);
    expect(call.messages).toHaveLength(1);
  });

  it('reads text and images in parts', () => {
    const { call } = parseBody({ messages: [user([text('What is this?'), anImage(), text('And why?')])] });

    expect(call.messages).toEqual([
      {
        role: 'user',
        content: [text('What is this?'), { type: 'image', format: 'png', base64: PIXEL }, text('And why?')],
      },
    ]);
  });

  it.each([
    ['data:image/png;base64,AAAA', 'png'],
    ['data:image/jpeg;base64,AAAA', 'jpeg'],
    ['data:image/jpg;base64,AAAA', 'jpeg'],
    ['data:image/gif;base64,AAA=', 'gif'],
    ['data:image/webp;base64,AA==', 'webp'],
    ['DATA:IMAGE/PNG;BASE64,+/aB', 'png'],
    ['data:image/png;name=a.png;base64,AAAA', 'png'],
  ])('reads the image %s as %s', (url, format) => {
    const { call } = parseBody({ messages: [user([anImage(url)])] });

    expect(call.messages[0]?.content).toEqual([{ type: 'image', format, base64: url.slice(url.indexOf(',') + 1) }]);
  });

  it('reads a conversation with parallel tool calls', () => {
    const { call } = parseBody({
      tools: [aTool()],
      messages: [
        user(),
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [aToolCall('a', '{"city":"Oslo"}'), aToolCall('b', '{"city":"Rome"}')],
        },
        { role: 'tool', tool_call_id: 'b', content: 'warm' },
        { role: 'tool', tool_call_id: 'a', content: [text('cold')] },
      ],
    });

    expect(call.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          text('Looking.'),
          { type: 'tool_call', id: 'a', name: 'weather', arguments: { city: 'Oslo' } },
          { type: 'tool_call', id: 'b', name: 'weather', arguments: { city: 'Rome' } },
        ],
      },
      { role: 'tool', callId: 'b', content: [text('warm')] },
      { role: 'tool', callId: 'a', content: [text('cold')] },
    ]);
  });

  it.each([
    ['null', null],
    ['absent', undefined],
  ])('reads an assistant message whose content is %s', (_name, content) => {
    const { call } = parseBody({
      messages: [
        user(),
        { role: 'assistant', content, tool_calls: [aToolCall()] },
        { role: 'tool', tool_call_id: 'call_1', content: '' },
      ],
    });

    expect(call.messages[1]?.content).toEqual([expect.objectContaining({ type: 'tool_call', id: 'call_1' })]);
  });

  it('reads a refusal as what the assistant said', () => {
    const { call } = parseBody({
      messages: [
        user(),
        { role: 'assistant', content: null, refusal: 'No.' },
        user(),
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'Still no.' }] },
        user(),
      ],
    });

    expect(call.messages[1]?.content).toEqual([text('No.')]);
    expect(call.messages[3]?.content).toEqual([text('Still no.')]);
  });

  it('takes an answer of its own back as history, as the SDK sends it', () => {
    const answer = { role: 'assistant', content: '', refusal: null, annotations: [], audio: null, function_call: null };

    const { call } = parseBody({ messages: [user(), { ...answer, tool_calls: null, parsed: null }, user('Again?')] });

    expect(call.messages).toHaveLength(3);
  });

  it('lets system messages stand between a tool call and its result', () => {
    const { call } = parseBody({
      messages: [
        user(),
        { role: 'assistant', content: null, tool_calls: [aToolCall()] },
        { role: 'system', content: 'Be brief.' },
        { role: 'tool', tool_call_id: 'call_1', content: 'cold' },
      ],
    });

    expect(call.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  });

  it('reads tools, and gives those without parameters an empty schema', () => {
    const { call } = parseBody({
      tools: [
        aTool('a', { description: 'First.' }),
        { type: 'function', function: { name: 'b' } },
        aTool('c', { description: '', parameters: { properties: {} }, strict: true }),
      ],
    });

    expect(call.tools).toEqual([
      {
        name: 'a',
        description: 'First.',
        inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
      },
      { name: 'b', inputSchema: { type: 'object', properties: {} } },
      { name: 'c', inputSchema: { type: 'object', properties: {} } },
    ]);
  });

  it('keeps properties with the names of object members', () => {
    const properties = { constructor: { type: 'string' }, prototype: {}, toString: {} };
    const json = '{"constructor":"Ferrari","prototype":1}';

    const { call } = parseBody({
      tools: [aTool('race', { parameters: { type: 'object', properties } })],
      messages: [
        user(),
        { role: 'assistant', tool_calls: [aToolCall('a', json)] },
        { role: 'tool', tool_call_id: 'a', content: 'x' },
      ],
      metadata: { constructor: 'Ferrari' },
    });

    expect(JSON.stringify(call.tools[0]?.inputSchema)).toContain(JSON.stringify(properties));
    expect(JSON.stringify(call.messages[1]?.content)).toContain(json);
  });

  it('keeps metadata under the names of object members', () => {
    const { metadata } = parseBody({ metadata: { constructor: 'a', toString: 'b', trace: 'c' } });

    expect(Object.entries(metadata)).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
      ['trace', 'c'],
    ]);
  });

  it.each([
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    [{ type: 'function', function: { name: 'weather' } }, { name: 'weather' }],
    [undefined, 'auto'],
    [null, 'auto'],
  ])('reads the tool choice %j', (choice, expected) => {
    const { call } = parseBody({ tools: [aTool()], tool_choice: choice });

    expect(call.toolChoice).toEqual(expected);
  });

  it.each([{ tool_choice: 'auto' }, { tool_choice: 'none' }, { tools: [] }, { parallel_tool_calls: false }])(
    'reads %j without tools as no tools at all',
    (changes) => {
      expect(parseBody(changes)).toEqual(parseBody());
    },
  );

  it.each([
    [{ max_tokens: 5 }, { maxOutputTokens: 5 }],
    [{ max_completion_tokens: 6 }, { maxOutputTokens: 6 }],
    [{ max_tokens: 7, max_completion_tokens: 7 }, { maxOutputTokens: 7 }],
    [{ temperature: 0 }, { temperature: 0 }],
    [{ temperature: 2 }, { temperature: 2 }],
    [{ top_p: 0.5 }, { topP: 0.5 }],
    [{ stop: 'END' }, { stop: ['END'] }],
    [{ stop: ['a', 'b', 'c', 'd'] }, { stop: ['a', 'b', 'c', 'd'] }],
    [{ stop: null }, { stop: [] }],
  ])('reads %j', (changes, expected) => {
    const { call } = parseBody(changes);

    expect(call).toEqual({ ...parseBody().call, ...expected });
  });

  it('reads what does not change the answer beside the call', () => {
    const chat = parseBody({
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      user: 'u-1',
      metadata: { team: 'blue' },
    });

    expect(chat).toEqual({
      call: parseBody().call,
      stream: true,
      includeUsage: true,
      user: 'u-1',
      metadata: { team: 'blue' },
    });
  });

  it('reads null as a field that is not there', () => {
    const nulls = ['tools', 'temperature', 'user', 'metadata', 'stream', 'stream_options', 'seed', 'max_tokens', 'n'];

    const chat = parseBody(Object.fromEntries(nulls.map((field) => [field, null])));

    expect(chat).toEqual(parseBody());
  });

  it('keeps every character of a text', () => {
    const strange = 'a\u0000\u2028\ufeff😀"\\\n';

    const { call } = parseBody({ messages: [user(strange)] });

    expect(call.messages[0]?.content).toEqual([text(strange)]);
  });

  it('reads surrogate pairs that are spelled as escapes', () => {
    const { call } = parseText(JSON.stringify(aBody()).replace('Hello', '\\ud83d\\ude00'));

    expect(call.messages[0]?.content).toEqual([text('😀')]);
  });

  it('reads empty arguments as none', () => {
    const { call } = parseValue(
      aBody({
        messages: [
          user(),
          { role: 'assistant', tool_calls: [aToolCall('a', '')] },
          { role: 'tool', tool_call_id: 'a', content: 'x' },
        ],
      }),
    );

    expect(call.messages[1]?.content).toEqual([{ type: 'tool_call', id: 'a', name: 'weather', arguments: {} }]);
  });
});
