import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCurrentTraceId, setTraceContext, withContext } from '../../../../lambdas/core/library/log-context';
import { createRotatingFile } from '../../../../lambdas/core/library/rotating-file';
import {
  configureLogging,
  getStructuredLogger,
  setupStructuredLogging,
} from '../../../../lambdas/core/library/structured-logging';
import { capturedOutput } from '../../../support/captured-output';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxgate-logs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const linesOf = (file: string): string[] => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');

describe('structured logging', () => {
  it('writes JSON lines to standard output, the same logger for the same name', async () => {
    setupStructuredLogging({ service: 'memory', env: {} });
    const logger = getStructuredLogger('search');

    const [line = ''] = await capturedOutput(() => logger.info('Ready', { documents: 12 }));

    expect(JSON.parse(line)).toMatchObject({ service: 'memory', logger: 'search', level: 'INFO', documents: 12 });
    expect(getStructuredLogger('search')).toBe(logger);
  });

  it('lets no field take the place of the head of a line', async () => {
    setupStructuredLogging({ service: 'memory', env: {} });
    const fields = { service: 'other', level: 'ERROR', timestamp: 5, logger: 'other', message: 'other', documents: 12 };

    const [line = ''] = await capturedOutput(() => getStructuredLogger('search').info('Ready', fields));

    const { timestamp, ...others } = JSON.parse(line);
    expect(others).toEqual({ service: 'memory', level: 'INFO', logger: 'search', message: 'Ready', documents: 12 });
    expect(Date.parse(timestamp)).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('with debug %s writes %i lines of DEBUG', async (debug, count) => {
    configureLogging({ service: 'memory', env: {}, debug });

    const lines = await capturedOutput(() => getStructuredLogger('search').debug('Detail'));

    expect(lines).toHaveLength(count);
  });

  it.each([
    [true, '[REDACTED_EMAIL]'],
    [false, 'jane.doe@example.com'],
  ])('with sanitizeLogs %s shows an address as %s, and never a key', async (sanitizeLogs, shown) => {
    setupStructuredLogging({ service: 'memory', env: {}, sanitizeLogs });
    const log = () => getStructuredLogger('search').info('From jane.doe@example.com', { key: 'fg_abc_secretsecret' });

    const [line = ''] = await capturedOutput(log);

    expect(JSON.parse(line).message).toBe(`From ${shown}`);
    expect(line).not.toContain('secretsecret');
  });

  it('writes words for people where they are wanted', async () => {
    setupStructuredLogging({ service: 'memory', env: {}, jsonFormat: false });

    const [line] = await capturedOutput(() => getStructuredLogger('search').warning('Slow', { ms: 12, why: 'a b' }));

    expect(line).toMatch(/^\S+Z WARNING search Slow ms=12 why="a b"$/);
  });

  it('writes a file outside Lambda only', async () => {
    const logFile = join(folder, 'gateway.log');
    setupStructuredLogging({ service: 'memory', env: {}, enableConsole: false, logFile });
    const silent = await capturedOutput(() => getStructuredLogger('search').info('Outside'));
    setupStructuredLogging({
      service: 'memory',
      env: { AWS_LAMBDA_FUNCTION_NAME: 'search' },
      enableConsole: false,
      jsonFormat: false,
      logFile,
    });
    const told = await capturedOutput(() => getStructuredLogger('search').info('Inside'));

    expect(silent).toEqual([]);
    expect(linesOf('gateway.log')).toHaveLength(1);
    expect(told.map((line) => JSON.parse(line).message)).toEqual(['Inside']);
  });

  it('keeps five older files, the newest with the lowest number', async () => {
    const logFile = join(folder, 'gateway.log');
    setupStructuredLogging({ service: 'memory', env: {}, enableConsole: false, logFile, maxBytes: 400 });
    const logger = getStructuredLogger('search');

    for (let index = 0; index < 40; index += 1) logger.info(`Line ${index}`);

    const files = readdirSync(folder).sort();
    expect(files).toEqual(['gateway.log', ...[1, 2, 3, 4, 5].map((number) => `gateway.log.${number}`)]);
    const numbers = [...files.slice(1).reverse(), 'gateway.log']
      .flatMap(linesOf)
      .map((line) => Number(/Line (\d+)/.exec(line)?.[1]));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 40 - numbers.length + index));
  });
});

describe('a rotating file', () => {
  it('goes on with the file that is there', () => {
    const path = join(folder, 'gateway.log');
    createRotatingFile({ path, maxBytes: 20, backups: 1 })('first line');

    const append = createRotatingFile({ path, maxBytes: 20, backups: 1 });
    append('second');
    append('third');

    expect(linesOf('gateway.log.1')).toEqual(['first line', 'second']);
    expect(linesOf('gateway.log')).toEqual(['third']);
  });

  it('takes a line that is longer than a file may be', () => {
    const path = join(folder, 'gateway.log');

    createRotatingFile({ path, maxBytes: 5, backups: 2 })('longer than that');

    expect(linesOf('gateway.log')).toEqual(['longer than that']);
  });

  it('never grows beyond its size in two files without backups', () => {
    const path = join(folder, 'gateway.log');
    const append = createRotatingFile({ path, maxBytes: 12, backups: 0 });

    for (const line of ['one', 'two', 'three', 'four']) append(line);

    expect(readdirSync(folder)).toEqual(['gateway.log']);
    expect(linesOf('gateway.log')).toEqual(['three', 'four']);
  });
});

describe('the trace context', () => {
  it('is that of the chain of calls it was set in', async () => {
    await withContext({}, async () => {
      setTraceContext('a'.repeat(32), 'b'.repeat(16));
      await null;
      expect(getCurrentTraceId()).toBe('a'.repeat(32));
    });

    expect(getCurrentTraceId()).toBeUndefined();
  });

  it.each([
    ['xyz', 'b'.repeat(16)],
    ['a'.repeat(32), ''],
    ['A'.repeat(32), 'b'.repeat(16)],
  ])('takes no ids %s and %s', (traceId, spanId) => {
    expect(() => setTraceContext(traceId, spanId)).toThrow('32 and a span id 16');
  });
});
