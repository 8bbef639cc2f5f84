import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Call } from '../../../../../lambdas/core/chat/call';
import { toConverseRequest } from '../../../../../lambdas/core/providers/bedrock/request';
import { aCall } from '../../../../support/call';
import { onTheWire } from '../../../../support/on-the-wire';
import { aTarget } from '../../../../support/target';

const FIXTURES = join(__dirname, '../../../../fixtures/bedrock/requests');

const fixture = v.object({
  about: v.string(),
  call: v.custom<Partial<Call>>((call) => call !== null),
  expected: v.unknown(),
});

const CASES = readdirSync(FIXTURES).map((file) => {
  const { about, call, expected } = v.parse(fixture, JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')));
  return { name: file.replace('.json', ''), about, call, expected };
});

describe('toConverseRequest', () => {
  it.each(CASES)('$name: $about', ({ call, expected }) => {
    const request = toConverseRequest(aTarget(), aCall(call), { maxOutputTokens: 1_000, metadata: {} });

    expect(onTheWire(request)).toEqual(expected);
  });

  it('leaves the call as it was', () => {
    const call = aCall({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'One.' }] },
        { role: 'user', content: [] },
      ],
    });
    const before = structuredClone(call);

    toConverseRequest(aTarget(), call, { maxOutputTokens: 1, metadata: {} });

    expect(call).toEqual(before);
  });

  it('keeps the key __proto__ of a schema as a key', () => {
    const inputSchema = JSON.parse('{"properties":{"__proto__":{"type":"string"}}}');

    const { toolConfig } = toConverseRequest(aTarget(), aCall({ tools: [{ name: 'a', inputSchema }] }), {
      maxOutputTokens: 1,
      metadata: {},
    });

    expect(JSON.stringify(toolConfig)).toContain('"__proto__":{"type":"string"}');
  });

  it('names the request in Bedrock’s log, in characters that Bedrock accepts', () => {
    const metadata = {
      'fluxgate-request-id': 'aB3_-x',
      'tenant?': 'Größe "1"',
      long: 'x'.repeat(300),
      empty: '',
      '': 'dropped',
    };

    const { requestMetadata } = toConverseRequest(aTarget(), aCall(), { maxOutputTokens: 1, metadata });

    expect(requestMetadata).toEqual({
      'fluxgate-request-id': 'aB3_-x',
      tenant_: 'Gr__e _1_',
      long: 'x'.repeat(256),
      empty: '',
    });
  });

  it('sends at most 16 pairs of metadata', () => {
    const metadata = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key${index}`, 'x']));

    const { requestMetadata = {} } = toConverseRequest(aTarget(), aCall(), { maxOutputTokens: 1, metadata });

    expect(Object.keys(requestMetadata)).toHaveLength(16);
  });
});
