import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readArguments } from '../bin/cli/read-arguments';
import { DOCUMENTS } from '../bin/docs/documents';
import { GatewayError, REFUSALS } from '../lambdas/core/errors';
import { ALIASES, MODELS } from '../lambdas/core/models/catalogue';
import { toAnswerHeaders, toErrorHeaders } from '../lambdas/gateway/http/response-headers';
import { ROUTES } from '../lambdas/gateway/http/routes';
import { IGNORED_FIELDS, IGNORED_NESTED_FIELDS, NEUTRAL_FIELDS } from '../lambdas/gateway/openai/fields';
import { EDGE_ANSWERS } from '../lib/gateway-responses';
import { settingsSchema } from '../lib/settings';
import { STAGES } from '../lib/stages';
import { scripts } from '../package.json';

const root = join(__dirname, '..');
const OUTSIDE = new Set(['node_modules', '.git', '.fluxgate', 'cdk.out', 'coverage']);

const markdownIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OUTSIDE.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });

const MARKDOWN = markdownIn(root);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const API = read('docs/api.md');

/** The rows of the first table below a heading, cells without their back-ticks; the heading row is left out. */
const tableBelow = (markdown: string, heading: string): string[][] => {
  const below = markdown.split(`${heading}\n`)[1] ?? '';
  const lines = below.slice(below.indexOf('\n|') + 1).split('\n');
  const rows = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .slice(2);
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| |\|$/g, '').trim()));
};

const code = (text: unknown): string => `\`${text}\``;

describe('every document', () => {
  it.each(MARKDOWN)('links only to what is there: %s', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, link]) => link ?? '',
    );

    const broken = links.filter((link) => !existsSync(join(root, dirname(path), link)));

    expect(broken).toEqual([]);
  });

  it.each(MARKDOWN)('names headings that exist in its links: %s', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)];

    const broken = links.filter(([, file, anchor]) => {
      const target = read(file ? join(dirname(path), file) : path);
      const headings = [...target.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      return !headings.includes(anchor ?? '');
    });

    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(MARKDOWN)('names npm scripts that exist: %s', (path) => {
    const named = [...read(path).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name ?? '');

    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it.each(MARKDOWN)('shows command lines that the command line understands: %s', (path) => {
    const lines = [...read(path).matchAll(/^\s*npm run fluxgate -- (.+)$/gm)].map(([, line]) => line ?? '');

    for (const line of lines) {
      const args = line
        .replaceAll(/<[^>]+>/g, 'something')
        .replace(/\s+#.*$/, '')
        .split(/\s+/);
      expect(() => readArguments(args)).not.toThrow();
    }
  });
});

describe('every model in a snippet', () => {
  const files = [...MARKDOWN, ...readdirSync(join(root, 'examples')).map((name) => join('examples', name))];
  const known: string[] = [...MODELS.map(({ id }) => id), ...Object.keys(ALIASES)];

  it.each(files)('is in the catalogue: %s', (path) => {
    const text = read(path);
    const named = [...text.matchAll(/\bmodel["']?: ["']([^"']+)["']/g)].map(([, model]) => model ?? '');
    const listed = [...text.matchAll(/--models (\S+)/g)].flatMap(([, list]) => list?.split(',') ?? []);

    expect([...named, ...listed].filter((model) => !known.includes(model))).toEqual([]);
  });
});

describe('the API reference', () => {
  it('lists every route', () => {
    const routes = tableBelow(API, '# API reference').map(([route]) => route);

    expect(routes).toEqual(
      expect.arrayContaining([
        ...ROUTES.map(({ method, template }) => code(`${method} ${template}`)),
        '`GET /metrics`',
        '`GET /metrics/stats`',
        '`POST /v1/telemetry`',
        '`GET /health`',
      ]),
    );
    expect(routes).toHaveLength(ROUTES.length + 4);
  });

  it('lists exactly the fields that are ignored, with the reason', () => {
    const expected = Object.entries({ ...IGNORED_FIELDS, ...IGNORED_NESTED_FIELDS });

    expect(tableBelow(API, '### Fields that are ignored')).toEqual(expected.map(([field, why]) => [code(field), why]));
  });

  it('lists exactly the fields that are refused, with what is accepted', () => {
    const expected = Object.entries(NEUTRAL_FIELDS).map(([field, { accepts, advice }]) => [
      code(field),
      accepts.map((value) => code(JSON.stringify(value))).join(', ') || 'nothing',
      advice,
    ]);

    expect(tableBelow(API, '### Fields that are refused')).toEqual(expected);
  });

  it('lists exactly the error codes, with status and type', () => {
    const rows = tableBelow(API, '## Errors').map(([name, status, type]) => [name, status, type]);
    const expected = Object.entries(REFUSALS).map(([name, { status, type }]) => [
      code(name),
      String(status),
      code(type),
    ]);

    expect(rows.sort()).toEqual(expected.sort());
  });

  it('names the codes of API Gateway’s own errors', () => {
    const missing = EDGE_ANSWERS.filter(({ code: name }) => !API.includes(code(name)));

    expect(missing).toEqual([]);
  });

  it('names every response header', () => {
    const limit = { limit: 1, remaining: 1, resetSeconds: 1 };
    const headers = {
      ...toAnswerHeaders({
        ids: { requestId: 'r', clientRequestId: 'c', correlationId: 'o', sessionId: 's' },
        created: 0,
        model: 'm',
        provider: 'p',
        cache: 'hit',
        attempts: 1,
        costNanoUsd: 1,
        savedNanoUsd: 1,
        clampedToTokens: 1,
        requestLimit: limit,
        tokenLimit: limit,
      }),
      ...toErrorHeaders(new GatewayError('budget_held', '', { retryAfterSeconds: 1 })),
    };
    const plain = ['cache-control', 'x-content-type-options'];
    const documented = tableBelow(API, '## Response headers').flatMap(([names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.toLowerCase()),
    );

    expect(documented.sort()).toEqual(
      Object.keys(headers)
        .filter((name) => !plain.includes(name))
        .sort(),
    );
  });
});

describe('the configuration', () => {
  it('lists exactly the settings, with the values of each stage', () => {
    const cellOf = (stage: object, name: string) => {
      const value = new Map(Object.entries(stage)).get(name);
      return value === undefined ? 'none' : code(JSON.stringify(value));
    };
    const expected = Object.keys(settingsSchema.entries).map((name) => [
      code(name),
      cellOf(STAGES.dev, name),
      cellOf(STAGES.prod, name),
    ]);

    const rows = tableBelow(read('docs/configuration.md'), '# Configuration').map((row) => row.slice(0, 3));

    expect(rows).toEqual(expected);
  });
});

describe('a document that is made of tables in the code', () => {
  it.each(Object.entries(DOCUMENTS))('says what the tables say (npm run docs): %s', (path, toMarkdown) => {
    expect(read(path)).toBe(toMarkdown());
  });
});
