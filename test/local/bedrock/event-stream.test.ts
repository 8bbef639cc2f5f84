import { EventStreamCodec } from '@smithy/core/event-streams';
import { corrupt, encodeEvent, encodeException } from '../../../local/bedrock/event-stream';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

describe('a frame of the event stream', () => {
  it('is read by the codec of the SDK', () => {
    const { headers, body } = codec.decode(encodeEvent('messageStart', { role: 'assistant', name: 'Zoë' }));

    expect(headers).toEqual({
      ':event-type': { type: 'string', value: 'messageStart' },
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: 'event' },
    });
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({ role: 'assistant', name: 'Zoë' });
  });

  it('carries an exception', () => {
    const { headers } = codec.decode(encodeException('throttlingException', 'Slow down'));

    expect(headers[':exception-type']?.value).toBe('throttlingException');
    expect(headers[':message-type']?.value).toBe('exception');
  });

  it('is refused when it is corrupt', () => {
    expect(() => codec.decode(corrupt(encodeEvent('messageStart', {})))).toThrow(/checksum/i);
  });
});
