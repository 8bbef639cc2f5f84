import { parser } from '@prometheus-io/lezer-promql';

export type Matcher = { label: string; operator: string; value: string };

/** One selector of an expression: the metric it names, what it asks of labels, and its window in seconds. */
export type Selector = { name: string; matchers: Matcher[]; windowSeconds: number | undefined };

export type Promql = {
  selectors: Selector[];
  /** Every label that is grouped by or matched on. */
  grouping: string[];
  /** Every function that is called, and the aggregations, in the order in which they open. */
  functions: string[];
};

type Node = ReturnType<typeof parser.parse>['topNode'];

/** Reads an expression with Prometheus' own grammar. Throws where it does not follow it. */
export const readPromql = (expression: string): Promql => {
  const tree = parser.parse(expression);
  const text = ({ from, to }: Pick<Node, 'from' | 'to'>) => expression.slice(from, to);
  const read: Promql = { selectors: [], grouping: [], functions: [] };
  tree.iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`This is no PromQL, at character ${from}: ${expression}`);
      if (type.name === 'VectorSelector') read.selectors.push(readSelector(node, text));
      if (type.name === 'GroupingLabels') read.grouping.push(...labelsIn(node, text));
      if (type.name === 'FunctionIdentifier' || type.name === 'AggregateOp') read.functions.push(text({ from, to }));
    },
  });
  return read;
};

type Text = (node: Pick<Node, 'from' | 'to'>) => string;

const readSelector = (node: Node, text: Text): Selector => {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const range = node.parent?.type.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null;
  return {
    name: name === null ? '' : text(name),
    matchers: matchers.map((matcher) => readMatcher(matcher, text)),
    windowSeconds: range === null ? undefined : toSeconds(text(range)),
  };
};

const readMatcher = (node: Node, text: Text): Matcher => {
  const [label, operator, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) => {
    const child = node.getChild(part);
    return child === null ? '' : text(child);
  });
  return { label: label ?? '', operator: operator ?? '', value: (value ?? '').slice(1, -1) };
};

const labelsIn = (node: Node, text: Text): string[] => node.getChildren('LabelName').map(text);

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const toSeconds = (duration: string): number => {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const seconds = SECONDS[unit];
  if (seconds === undefined) throw new Error(`This is no duration: ${duration}`);
  return Number(count) * seconds;
};
