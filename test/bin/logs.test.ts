import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../bin/cli/run-cli';
import { createPaint } from '../../local/terminal/paint';
import { type LogsOverHttp, serveLogs } from '../support/logs-over-http';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const environment = { ...process.env };

let folder: string;
let gatewayLog: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fluxgate-logs-'));
  const logsDirectory = join(folder, 'logs');
  await mkdir(logsDirectory);
  gatewayLog = join(logsDirectory, 'gateway.log');
  await writeFile(gatewayLog, toText(LINES));
  await writeFile(join(logsDirectory, 'sweeper.log'), toText([SWEPT]));
  await writeFile(join(folder, 'local.json'), JSON.stringify({ logsDirectory, pid: process.pid }));
});

afterEach(async () => {
  process.env = { ...environment };
  await rm(folder, { recursive: true });
});

const aLine = (fields: object) => ({
  timestamp: '2026-11-21T11:59:58.100Z',
  level: 'INFO',
  message: 'Something happened',
  service: 'fluxgate',
  logger: 'gateway',
  request_id: 'request-1',
  correlation_id: 'chain-1',
  session_id: 'session-1',
  ...fields,
});

const LINES = [
  aLine({ event: 'request_received', model: 'nova-lite', targets: [{ model: 'nova-lite' }] }),
  aLine({
    timestamp: '2026-11-21T11:59:58.900Z',
    event: 'request_completed',
    status_code: 200,
    model: 'nova-lite',
    duration_ms: 800,
    streamed: false,
    request_bytes: 12,
    _aws: { Timestamp: 1 },
  }),
  'Not of the logger',
  aLine({
    timestamp: '2026-11-21T11:59:59.000Z',
    level: 'ERROR',
    event: 'request_error',
    request_id: '-request-2-begun',
    status_code: 503,
    error_message: 'All failed.',
    error: {
      name: 'GatewayError',
      message: 'All failed.',
      stack:
        '    at dispatch (/tmp/a/index.js:1:2)\n    at node:internal/process:95:5\n    at async /tmp/a/index.js:3:4',
      cause: { name: 'AggregateError', message: '', errors: [{ name: 'ProviderError', message: 'Throttled' }] },
    },
  }),
];

const SWEPT = aLine({
  timestamp: '2026-11-21T11:59:57.000Z',
  logger: 'sweeper',
  event: 'request_abandoned',
  request_id: 'r0',
  client_trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
});

const toText = (lines: readonly (object | string)[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

/** Runs one command line; `signal` ends one that follows. */
const fluxgate = async (
  line: string,
  { colours = false, signal }: { colours?: boolean; signal?: AbortSignal } = {},
) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const exitCode = await runCli(line.split(' '), {
    out: (text) => printed.push(text),
    error: (text) => errors.push(text),
    localFile: join(folder, 'local.json'),
    paint: createPaint(colours),
    now: () => NOW,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    ...(signal && { signal }),
  });
  return { out: printed.join('\n'), error: errors.join('\n'), exitCode };
};

describe('logs of the local machine', () => {
  it('are the lines of one request below its ids', async () => {
    const { out, exitCode } = await fluxgate('logs request-1');

    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      '2026-11-21  request request-1  correlation chain-1  session session-1',
      '11:59:58.100Z  INFO      gateway     request_received  model=nova-lite  targets=[{"model":"nova-lite"}]',
      '11:59:58.900Z  INFO      gateway     request_completed  status_code=200  model=nova-lite  duration_ms=800',
    ]);
  });

  it.each(['chain-1', 'session-1'])('are those of every request of %s, the first to begin first', async (id) => {
    const { out } = await fluxgate(`logs ${id}`);

    expect([...out.matchAll(/request (\S+) {2}corr/g)].map(([, found]) => found)).toEqual([
      'r0',
      'request-1',
      '-request-2-begun',
    ]);
  });

  it('are found by the trace that the client named', async () => {
    const { out } = await fluxgate('logs 4bf92f3577b34da6a3ce929d0e0e4736');

    expect(out).toContain('request_abandoned');
  });

  it('are found by a trace that was not recorded, as X-Ray writes it', async () => {
    const { out } = await fluxgate('logs 1-4bf92f35-77b34da6a3ce929d0e0e4736');

    expect(out).toContain('request_abandoned');
  });

  it('show an error with its frames and causes indented', async () => {
    const { out } = await fluxgate('logs -request-2-begun');

    expect(out.split('\n').slice(2)).toEqual([
      '    GatewayError: All failed.',
      '      at dispatch (index.js:1:2)',
      '      at async index.js:3:4',
      '    caused by AggregateError',
      '    one of ProviderError: Throttled',
    ]);
  });

  it('tell an error that is there again once', async () => {
    const again = [LINES[3], LINES[3]].map((line) =>
      typeof line === 'object' ? { ...line, request_id: 'again' } : '',
    );
    await appendFile(gatewayLog, toText(again));

    const { out } = await fluxgate('logs again');

    expect(out.split('\n').slice(8)).toEqual(['    GatewayError: All failed.', '      as above']);
  });

  it('are the lines as they were written for programs', async () => {
    const { out } = await fluxgate('logs request-1 --json');

    expect(`${out}\n`).toBe(toText(LINES.slice(0, 2)));
  });

  it('have colours only where they are wanted', async () => {
    const [plain, coloured] = [await fluxgate('logs chain-1'), await fluxgate('logs chain-1', { colours: true })];

    expect(plain.out).not.toContain('\u001b[');
    expect(coloured.out).toContain('\u001b[31mERROR   \u001b[0m');
  });

  it('go on with what is logged while they are followed', async () => {
    const end = new AbortController();
    const seen: string[] = [];
    const following = runCli(['logs', '--follow'], {
      out: (text) => {
        seen.push(text);
        if (seen.length === 2) end.abort();
      },
      error: () => undefined,
      localFile: join(folder, 'local.json'),
      paint: createPaint(false),
      now: () => NOW,
      // The first wait is over once two more lines are there, one of them of a function that had not logged yet.
      wait: async () => {
        if (seen.length > 0) return;
        await appendFile(gatewayLog, toText(['Segmentation fault']));
        await writeFile(join(folder, 'logs', 'management.log'), toText([aLine({ event: 'management_action' })]));
      },
      signal: end.signal,
    });

    expect(await following).toBe(0);
    expect(seen.slice(0, 2).sort()).toEqual([
      '11:59:58.100Z  request-1         INFO      gateway     management_action',
      'Segmentation fault',
    ]);
  });
});

describe('logs of a stack', () => {
  let aws: LogsOverHttp | undefined;
  const deploy = async (status?: string) => {
    const lines = [...LINES, SWEPT].map((line) => ({
      timestamp: NOW,
      message: toText([line]),
      log: '1:gateway',
      logStream: 'a',
    }));
    aws = await serveLogs(lines, status);
    process.env.AWS_ENDPOINT_URL = aws.url;
    process.env.AWS_ACCESS_KEY_ID = 'SOMEONE';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    return aws;
  };
  afterEach(() => aws?.close());

  it('are found by Logs Insights in its log groups', async () => {
    const { queries } = await deploy();

    const local = await fluxgate('logs chain-1');
    const deployed = await fluxgate('logs chain-1 --stack Fluxgate-test --region eu-central-1 --since 2h');

    expect(deployed.error).toBe('');
    expect(deployed.out.split('\n').sort()).toEqual(local.out.split('\n').sort());
    expect(queries).toMatchObject([
      { logGroupNames: ['Fluxgate-test-Logs'], startTime: NOW / 1_000 - 7_200, endTime: NOW / 1_000 },
    ]);
  });

  it('reach back a day unless told otherwise', async () => {
    const { queries } = await deploy();

    await fluxgate('logs chain-1 --stack Fluxgate-test --region eu-central-1');

    expect(queries[0]?.startTime).toBe(NOW / 1_000 - 86_400);
  });

  it('say so when the search does not end well', async () => {
    await deploy('Timeout');

    const { error, exitCode } = await fluxgate('logs chain-1 --stack Fluxgate-test --region eu-central-1');

    expect([exitCode, error]).toEqual([
      1,
      'The search of the logs ended as Timeout. Try again with a shorter --since.',
    ]);
  });

  it('say what to do when nothing is found', async () => {
    await deploy();

    const { error } = await fluxgate('logs nobody --stack Fluxgate-test --region eu-central-1');

    expect(error).toMatch(/^No line of Fluxgate-test carries the id nobody\. .*--since looks further back\.$/);
  });
});

describe('a mistake', () => {
  it.each([
    ['logs', 'logs needs an <id>, or --follow.'],
    ['logs one two', 'logs does not know what to do with "two".'],
    ['logs a"b', '"a"b" is no id: one has letters, digits and . _ : - and at most 128 of them.'],
    ['logs nobody', 'No line carries the id nobody.'],
    ['logs a --since yesterday', '--since must be minutes, hours or days, such as 30m, 6h or 2d, not "yesterday".'],
    ['logs --follow --stack Fluxgate-dev', '--follow is for the local machine.'],
  ])('is one sentence and exit code 1: %s', async (line, sentence) => {
    const { out, error, exitCode } = await fluxgate(line);

    expect([exitCode, out, error.split('\n').length]).toEqual([1, '', 1]);
    expect(error.startsWith(sentence)).toBe(true);
  });
});
