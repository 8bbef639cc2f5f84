import type { Paint } from '../../../local/terminal/paint';

/** Something a step says. */
export type Fact = { name: string; value: string };

const WIDTH = 96;

/** Facts one after the other, in lines that fit beside a tree. */
export const wrap = (facts: readonly Fact[], paint: Paint): string[] => {
  const lines: Fact[][] = [];
  let room = 0;
  for (const fact of facts) {
    const length = fact.name.length + fact.value.length + 3;
    const line = lines.at(-1);
    if (line === undefined || length > room) {
      lines.push([fact]);
      room = WIDTH - length;
    } else {
      line.push(fact);
      room -= length;
    }
  }
  return lines.map((line) => line.map(({ name, value }) => `${paint('dim', name)} ${value}`).join('  '));
};
