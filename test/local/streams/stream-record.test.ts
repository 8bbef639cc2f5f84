import type { AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import { toJsonItem } from '../../../local/streams/stream-record';

/** What the SDK reads from DynamoDB Local, which names every kind of value but that of an empty map. */
const readFrom = (json: string): Record<string, AttributeValue> => JSON.parse(json);

describe('an item of the stream', () => {
  it('has its empty maps as the service writes them, also within others', () => {
    const item = readFrom('{"labels":{},"events":{"L":[{"M":{"labels":{},"value":{"N":"5"}}}]}}');

    expect(toJsonItem(item)).toEqual({
      labels: { M: {} },
      events: { L: [{ M: { labels: { M: {} }, value: { N: '5' } } }] },
    });
  });

  it('has its bytes as base64', () => {
    expect(toJsonItem({ bytes: { B: new Uint8Array([104, 105]) } })).toEqual({ bytes: { B: 'aGk=' } });
  });
});
