import type { AssembledTrace, TraceStep } from '../../../local/xray/assemble-trace';

/** One step as a line. */
export type Row = {
  step: TraceStep;
  /** `├─ `, `│  └─ `: what connects it with its parent. */
  branch: string;
  /** What stands below it continues these lines. */
  stem: string;
  /** Since the trace began. */
  offsetMs: number;
  durationMs: number;
  /** What this step says that those above it have not said. */
  facts: [name: string, value: string | number | boolean][];
};

const LAST = { branch: '└─ ', stem: '   ' };
const BETWEEN = { branch: '├─ ', stem: '│  ' };

/** Every step of a trace, each below its parent. */
export const toRows = ({ roots }: AssembledTrace): Row[] => {
  const beganAt = Math.min(...roots.map(({ startedAt }) => startedAt));
  const rowsOf = (step: TraceStep, above: Lines, told: ReadonlyMap<string, unknown>): Row[] => {
    const facts = Object.entries(step.annotations).filter(([name, value]) => told.get(name) !== value);
    const row: Row = {
      step,
      ...above,
      offsetMs: step.startedAt - beganAt,
      durationMs: (step.endedAt ?? step.startedAt) - step.startedAt,
      facts,
    };
    const known = new Map([...told, ...Object.entries(step.annotations)]);
    return [row, ...below(step.steps, above.stem, (child, lines) => rowsOf(child, lines, known))];
  };
  return roots.flatMap((root) => rowsOf(root, { branch: '', stem: '' }, new Map()));
};

type Lines = Pick<Row, 'branch' | 'stem'>;

const below = (steps: readonly TraceStep[], stem: string, rowsOf: (step: TraceStep, lines: Lines) => Row[]): Row[] =>
  steps.flatMap((step, index) => {
    const lines = index === steps.length - 1 ? LAST : BETWEEN;
    return rowsOf(step, { branch: stem + lines.branch, stem: stem + lines.stem });
  });
