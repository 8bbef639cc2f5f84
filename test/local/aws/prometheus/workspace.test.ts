import { createWorkspace } from '../../../../local/aws/prometheus/workspace';
import type { WrittenSample } from '../../../../local/aws/prometheus/written-series';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');

type Labels = readonly (readonly [string, string])[];
const UP: Labels = [
  ['__name__', 'up'],
  ['job', 'fluxgate'],
];

const aSample = (value: number, secondsAgo: number): WrittenSample => ({
  value,
  bits: BigInt(value),
  timestampMs: NOW - secondsAgo * 1_000,
});

const aWorkspace = (outOfOrderSeconds = 0) => {
  const workspace = createWorkspace({ outOfOrderSeconds, owner: '1_ws', now: () => NOW });
  return {
    write: (labels: Labels, ...samples: WrittenSample[]) =>
      workspace.append({ series: [{ labels, samples }], metadata: [] }),
    values: () => workspace.series().map(({ samples }) => samples.map(({ value }) => value)),
    append: workspace.append,
  };
};

describe('the labels of a series', () => {
  it.each<[Labels, string]>([
    [[['job', 'a']], 'sample missing metric name'],
    [[['__name__', '7up']], 'sample invalid metric name: "7up"'],
    [
      [
        ['__name__', 'up'],
        ['a-b', 'c'],
      ],
      'sample invalid label: "a-b" metric "up"',
    ],
    [
      [
        ['job', 'a'],
        ['__name__', 'up'],
      ],
      'labels not sorted: "__name__" metric "up"',
    ],
    [
      [
        ['__name__', 'up'],
        ['job', 'a'],
        ['job', 'b'],
      ],
      'duplicate label name: "job" metric "up"',
    ],
    [
      [
        ['__name__', 'up'],
        ['job', ''],
      ],
      'sample invalid label: "job" has no value, metric "up"',
    ],
    [
      [
        ['__name__', 'up'],
        ['job', 'x'.repeat(2_049)],
      ],
      'label value too long',
    ],
    [
      [['__name__', 'up'], ...Array.from({ length: 70 }, (_, index) => [`l${100 + index}`, 'x'] as const)],
      'series has too many labels (actual: 71, limit: 70)',
    ],
  ])('%j are refused', (labels, message) => {
    expect(aWorkspace().write(labels, aSample(1, 0))).toContain(message);
  });
});

describe('the samples of a series', () => {
  it('are taken in the order of their times', () => {
    const workspace = aWorkspace();

    expect(workspace.write(UP, aSample(1, 60), aSample(2, 0))).toBeUndefined();

    expect(workspace.values()).toEqual([[1, 2]]);
  });

  it('may be repeated, but not with another value', () => {
    const workspace = aWorkspace();
    workspace.write(UP, aSample(1, 60));

    expect(workspace.write(UP, aSample(1, 60))).toBeUndefined();
    expect(workspace.write(UP, aSample(2, 60))).toBe(
      'user=1_ws: err: duplicate sample for timestamp. timestamp=2026-11-21T09:59:00.000Z, series={__name__="up", job="fluxgate"}',
    );
    expect(workspace.values()).toEqual([[1]]);
  });

  it.each([
    [0, 30, 'out of order sample'],
    [60, 30, undefined],
    [60, 61, 'too old sample'],
  ])('that come late are taken within a window of %d s: %d s late', (window, lateSeconds, refusal) => {
    const workspace = aWorkspace(window);
    workspace.write(UP, aSample(2, 0));

    const answer = workspace.write(UP, aSample(1, lateSeconds));

    if (refusal === undefined) expect(answer).toBeUndefined();
    else expect(answer).toContain(refusal);
    expect(workspace.values()).toEqual([refusal === undefined ? [1, 2] : [2]]);
  });

  it('cannot come from the future', () => {
    expect(aWorkspace().write(UP, aSample(1, -601))).toContain('timestamp too new');
  });

  it('are taken although another series of the request is refused', () => {
    const workspace = aWorkspace();
    const series = [
      { labels: [['job', 'nameless'] as const], samples: [aSample(1, 0)] },
      { labels: UP, samples: [aSample(7, 0)] },
    ];

    expect(workspace.append({ series, metadata: [] })).toBe('sample missing metric name');

    expect(workspace.values()).toEqual([[7]]);
  });
});
