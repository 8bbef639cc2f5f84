import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from '../../../local/bedrock/fault';
import { MARKERS } from '../../../local/bedrock/markers';

const readme = readFileSync(join(__dirname, '../../../local/bedrock/README.md'), 'utf8');
const rows = readme.split('\n').map((line) =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1),
);

describe('the README of the simulator', () => {
  it.each(Object.entries(MARKERS))('tells of the marker %s', (name, { argument, meaning }) => {
    expect(rows).toContainEqual([`\`${name}\``, argument, meaning]);
  });

  it.each(Object.entries(FAULTS))('tells of the fault %s', (name, { value, billed, meaning }) => {
    expect(rows).toContainEqual([`\`${name}\``, value, billed, meaning]);
  });
});
