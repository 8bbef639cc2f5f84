import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../bin/cli/run-cli';
import { createPaint } from '../../local/terminal/paint';

const TRACE = '1-5759e988-bd862e3fe1be46a994272793';
const SECOND = 1_763_719_200;

const step = (name: string, id: string, [from, to]: [number, number], more: object = {}) => ({
  name,
  id: id.padStart(16, '0'),
  start_time: SECOND + from,
  end_time: SECOND + to,
  ...more,
});

/** What a machine writes of one request: the gateway's tree comes in before the platform's segments. */
const DOCUMENTS = [
  {
    ...step('chat_completion', 'c', [0.1, 0.9]),
    type: 'subsegment',
    trace_id: TRACE,
    parent_id: 'b'.padStart(16, '0'),
    annotations: { request_id: 'request-1', session_id: 'session-1', model_id: 'nova-lite', status: 'success' },
    subsegments: [
      step('DynamoDB', 'd', [0.1, 0.2], { namespace: 'aws', aws: { operation: 'GetItem', table_name: 'Keys' } }),
      step('provider_attempt_1', 'e', [0.2, 0.4], {
        fault: true,
        annotations: { attempt: 1, model_id: 'nova-lite' },
        cause: { exceptions: [{ id: 'f'.padStart(16, '0'), type: 'ProviderError', message: 'Busy.' }] },
      }),
      step('provider_attempt_2', '1', [0.4, 0.8]),
    ],
  },
  { ...step('Rest/dev', 'a', [0, 1]), trace_id: TRACE, origin: 'AWS::ApiGateway::Stage' },
  {
    ...step('gateway', 'b', [0.05, 1]),
    trace_id: TRACE,
    parent_id: 'a'.padStart(16, '0'),
    origin: 'AWS::Lambda::Function',
  },
  { ...step('other', '9', [0, 1]), trace_id: TRACE.replace('bd86', 'aaaa') },
];

let folder: string;
let localFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fluxgate-trace-'));
  localFile = join(folder, 'local.json');
  const tracesFile = join(folder, 'traces.jsonl');
  await writeFile(
    tracesFile,
    `${DOCUMENTS.map((document) => JSON.stringify(document)).join('\n')}\n{"unreadable":"x"}\n`,
  );
  await writeFile(localFile, JSON.stringify({ tracesFile, pid: process.pid }));
});
afterEach(() => rm(folder, { recursive: true }));

const run = async (...args: string[]) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const exitCode = await runCli(['trace', ...args], {
    out: (text) => printed.push(text),
    error: (text) => errors.push(text),
    localFile,
    paint: createPaint(false),
    now: Date.now,
    wait: async () => {},
  });
  return { exitCode, out: printed.join('\n'), error: errors.join('\n') };
};

describe('trace', () => {
  it('prints the steps of a request below each other, with their times, calls, facts and failures', async () => {
    const { exitCode, out } = await run('request-1');

    expect(exitCode).toBe(0);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      `trace ${TRACE}  2025-11-21T10:00:00.000Z  1.00 s`,
      'request request-1  session session-1',
      '',
      'Rest/dev (API Gateway)       ████████████████████████████████    +0.0 ms    1.00 s',
      '└─ gateway (function)        ·███████████████████████████████     +50 ms    950 ms',
      '   └─ chat_completion        ···██████████████████████████···    +100 ms    800 ms',
      '      │  model_id nova-lite  status success',
      '      ├─ DynamoDB.GetItem    ···███··························    +100 ms    100 ms  Keys',
      '      ├─ provider_attempt_1  ······███████···················    +200 ms    200 ms  fault',
      '      │     attempt 1',
      '      │     ProviderError: Busy.',
      '      └─ provider_attempt_2  ············██████████████······    +400 ms    400 ms',
    ]);
  });

  it.each([
    ['its trace id as X-Ray writes it', TRACE],
    ['its trace id as W3C writes it', '5759e988bd862e3fe1be46a994272793'],
    ['its session', 'session-1'],
  ])('finds a request by %s', async (_, id) => {
    expect((await run(id)).out).toContain('chat_completion');
  });

  it('prints for programs', async () => {
    const { out } = await run('request-1', '--json');

    expect(JSON.parse(out)).toMatchObject([{ id: TRACE, orphans: [], roots: [{ name: 'Rest/dev' }] }]);
  });

  it('says why there may be nothing', async () => {
    expect(await run('request-2')).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('No trace carries the id request-2.'),
    });
  });

  it('takes nothing for an id that could be more than one', async () => {
    expect((await run('a" OR 1=1')).error).toContain('is no id');
  });
});
