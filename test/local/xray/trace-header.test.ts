import { readTraceHeader, sampledParent, toTraceHeader } from '../../../local/xray/trace-header';

const ROOT = '1-5759e988-bd862e3fe1be46a994272793';

describe('a trace header', () => {
  it.each([
    [`Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`, { root: ROOT, parent: '53995c3f42cd8ad8', sampled: true }],
    [`Sampled=0; Root=${ROOT}`, { root: ROOT, parent: undefined, sampled: false }],
    [`Root=${ROOT};Sampled=?;Lineage=a:1`, { root: ROOT, parent: undefined, sampled: undefined }],
    [`Root=${ROOT};Parent=<script>`, { root: ROOT, parent: undefined, sampled: undefined }],
  ])('%s is read', (text, expected) => {
    expect(readTraceHeader(text)).toEqual(expected);
  });

  it.each([undefined, '', 'Root=nonsense', 'Self=1;Root=1-2-3'])('%s gets a new trace', (text) => {
    const [first, second] = [readTraceHeader(text), readTraceHeader(text)];

    expect(first.root).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(second.root).not.toBe(first.root);
  });

  it('is written as it was read', () => {
    const text = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`;

    expect(toTraceHeader(readTraceHeader(text))).toBe(text);
  });

  it('names a parent only when it is sampled', () => {
    expect(sampledParent(`Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`)).toEqual({
      traceId: ROOT,
      segmentId: '53995c3f42cd8ad8',
    });
    expect(sampledParent(`Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=0`)).toBeUndefined();
  });
});
