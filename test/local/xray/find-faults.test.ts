import { findFaults } from '../../../local/xray/find-faults';

const aDocument = (changes: object = {}) => ({
  name: 'chat_completion',
  id: '53995c3f42cd8ad8',
  trace_id: '1-5759e988-bd862e3fe1be46a994272793',
  parent_id: '53995c3f42cd8ad9',
  type: 'subsegment',
  start_time: 1_700_000_000,
  end_time: 1_700_000_001.5,
  annotations: { model_id: 'nova-lite', attempt: 1, cache_hit: false },
  ...changes,
});

const aStep = (changes: object = {}) => ({
  name: 'DynamoDB',
  id: '0000000000000001',
  start_time: 1_700_000_000,
  end_time: 1_700_000_001,
  ...changes,
});

describe('a document for X-Ray', () => {
  it('has no faults when it is as it must be', () => {
    expect(findFaults(aDocument({ subsegments: [aStep({ namespace: 'aws' })] }))).toEqual([]);
  });

  it.each([
    ['no name', { name: undefined }, /^name/],
    ['a name with a sign that is not allowed', { name: 'a?b' }, /^name has a character/],
    ['an id in upper case', { id: '53995C3F42CD8AD8' }, /^id must be 16/],
    ['a trace id of another form', { trace_id: '5759e988bd862e3fe1be46a994272793' }, /^trace_id must read 1-/],
    ['no parent', { parent_id: undefined }, /without a parent_id/],
    ['milliseconds for seconds', { start_time: 'soon' }, /^start_time/],
    ['an end before its beginning', { end_time: 1_699_999_999 }, /ends before it begins/],
    ['neither an end nor progress', { end_time: undefined }, /neither ended/],
    ['both', { in_progress: true }, /has ended and is in progress/],
    ['a key that is no key', { annotations: { 'model.id': 'a' } }, /is no key/],
    ['an annotation that is an object', { annotations: { a: {} } }, /^annotations\.a must be/],
    ['two steps with one id', { subsegments: [aStep(), aStep()] }, /two steps with one id/],
    ['a step of an unknown place', { subsegments: [aStep({ namespace: 'local' })] }, /^subsegments\.0\.namespace/],
    ['a step that ends too early', { subsegments: [aStep({ end_time: 1_699_999_999 })] }, /DynamoDB ends before/],
    ['more than a datagram holds', { metadata: { a: { text: 'x'.repeat(65_536) } } }, /the daemon takes 65536/],
    [
      'too many annotations',
      { annotations: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a${at}`, 1])) },
      /has 51 annotations/,
    ],
  ])('with %s is told so', (_, changes, fault) => {
    expect(findFaults(aDocument(changes))).toEqual([expect.stringMatching(fault)]);
  });

  it('that is none is told so', () => {
    expect(findFaults({ unreadable: 'x' }).length).toBeGreaterThan(0);
  });
});
