import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS } from './docs/documents';

/** Writes the documents that are made of tables in the code. */
for (const [path, toMarkdown] of Object.entries(DOCUMENTS)) {
  writeFileSync(join(__dirname, '..', path), toMarkdown());
  console.log(`Wrote ${path}.`);
}
