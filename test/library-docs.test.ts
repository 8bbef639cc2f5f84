import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenEvent } from '../lambdas/core/platform/event';
import { EVERY_EVENT } from '../lambdas/core/platform/event-fields';
import { NAMED_LABELS } from '../lambdas/core/platform/label-names';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const LIBRARY = read('docs/library.md');

const examples = readdirSync(join(root, 'examples'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(join('examples', file)));

const names = (cell = ''): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

describe('the document of the library', () => {
  const snippets = [...LIBRARY.matchAll(/```ts\n(.*?)```/gs)].map(([, snippet = '']) => snippet);

  it.each(snippets)('shows what an example that is run has: %#', (snippet) => {
    expect(examples.filter((example) => example.includes(snippet))).toHaveLength(1);
  });

  it('has snippets', () => {
    expect(snippets.length).toBeGreaterThan(1);
  });

  it('lists every event with exactly its fields', () => {
    const rows = [...LIBRARY.matchAll(/^\| `(\w+)` \| ([^|]*) \| ([^|]*) \| [^|]* \|$/gm)];
    const listed = rows.map(([, type, required, optional]) => [type, names(required), names(optional)]);

    const expected = givenEvent.options.map(({ entries }) => {
      const fields = Object.entries(entries).filter(([name]) => name !== 'type' && !Object.hasOwn(EVERY_EVENT, name));
      const namesOf = (isOptional: boolean) =>
        fields.filter(([, { type }]) => (type === 'optional') === isOptional).map(([name]) => name);
      return [entries.type.literal, namesOf(false), namesOf(true)];
    });
    expect(listed).toEqual(expected);
  });

  it('lists every label that can be named', () => {
    const [, listed] = /What can be named: (.*?)\n\n/s.exec(LIBRARY) ?? [];

    expect(names(listed)).toEqual([...NAMED_LABELS]);
  });

  it('names files of the library that are there, and functions that they have', () => {
    const rows = [...LIBRARY.matchAll(/^\| (`[\w-]+\.ts`(?:, `[\w-]+\.ts`)*) \| (.*) \|$/gm)];
    const missing = rows.flatMap(([, files = '', gives = '']) => {
      const texts = [...files.matchAll(/`([\w-]+\.ts)`/g)].map(([, file]) => read(`lambdas/core/library/${file}`));
      return [...gives.matchAll(/`(\w+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !texts.some((text) => text.includes(name)));
    });

    expect(rows.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });
});
