import { parseQuery } from './parse-query';
import type { Command, Expression } from './query';

/** The fields of log lines that a query reads: every name in it that it does not define itself. */
export const usedFields = (text: string): string[] => {
  const used = new Set<string>();
  const defined = new Set<string>();
  for (const command of parseQuery(text)) {
    for (const name of namesIn(command)) if (!defined.has(name)) used.add(name);
    for (const name of definedBy(command)) defined.add(name);
  }
  return [...used];
};

const definedBy = (command: Command): string[] => {
  if (command.kind === 'fields')
    return command.columns.flatMap(({ name, is }) => (is.kind === 'field' && is.name === name ? [] : [name]));
  if (command.kind === 'stats') return [...command.by, ...command.columns].map(({ name }) => name);
  return [];
};

const namesIn = (command: Command): string[] => {
  switch (command.kind) {
    case 'fields':
      return command.columns.flatMap(({ is }) => namesOf(is));
    case 'display':
      return [...command.names];
    case 'filter':
      return namesOf(command.condition);
    case 'stats':
      return namesInStats(command);
    case 'sort':
      return command.keys.flatMap(({ by }) => namesOf(by));
    case 'limit':
      return [];
  }
};

/** A column may be made of those to its left. */
const namesInStats = ({ by, columns }: Command & { kind: 'stats' }): string[] => {
  const left = new Set<string>();
  return [...by, ...columns].flatMap(({ name, is }) => {
    const names = namesOf(is).filter((each) => !left.has(each));
    left.add(name);
    return names;
  });
};

const namesOf = (expression: Expression): string[] => {
  switch (expression.kind) {
    case 'field':
      return [expression.name];
    case 'call':
      return expression.args.flatMap(namesOf);
    case 'not':
      return namesOf(expression.operand);
    case 'binary':
      return [...namesOf(expression.left), ...namesOf(expression.right)];
    case 'in':
      return [expression.operand, ...expression.values].flatMap(namesOf);
    case 'like':
      return namesOf(expression.operand);
    case 'bin':
      return ['@timestamp'];
    default:
      return [];
  }
};
