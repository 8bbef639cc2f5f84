import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCli } from '../../bin/cli/run-cli';
import { writeRunningFile } from '../../local/running-file';
import { type LocalMachine, startLocalMachine } from '../support/local-machine';

const root = join(__dirname, '..', '..');
const execute = promisify(execFile);

let machine: LocalMachine;
let folder: string;
let apiKey: string;

/** Runs the command line against the machine and answers with what it printed. */
const fluxgate = async (line: string): Promise<string> => {
  let printed = '';
  await runCli(line.split(' '), {
    out: (text) => {
      printed += text;
    },
    error: (text) => {
      throw new Error(text);
    },
    localFile: join(folder, 'local.json'),
    paint: (_, text) => text,
    now: Date.now,
    wait: () => Promise.resolve(),
  });
  return printed;
};

/** Runs a program with the machine's address and the key in its environment, and answers with its output. */
const run = async (program: string, ...args: string[]): Promise<string> => {
  const env = { ...process.env, FLUXGATE_URL: machine.url, FLUXGATE_API_KEY: apiKey };
  const { stdout } = await execute(program, args, { cwd: root, env, timeout: 60_000 });
  return stdout;
};

const typescript = (file: string) => run(process.execPath, '--import', 'tsx', file);

/** The same with a key that may report telemetry and read metrics. */
const reporting = async (file: string): Promise<string> => {
  const made: { key: string } = JSON.parse(
    await fluxgate('keys create --account reporter --scopes telemetry,metrics --json'),
  );
  const before = apiKey;
  apiKey = made.key;
  return typescript(file).finally(() => {
    apiKey = before;
  });
};

beforeAll(async () => {
  machine = await startLocalMachine();
  // Within the project, so that a snippet finds the packages that it imports.
  mkdirSync(join(root, '.fluxgate'), { recursive: true });
  folder = mkdtempSync(join(root, '.fluxgate', 'examples-'));
  writeRunningFile(folder, machine);
  const made: { key: string } = JSON.parse(await fluxgate('keys create --account examples --budget 5/day --json'));
  apiKey = made.key;
}, 180_000);

afterAll(async () => {
  await machine?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('with a key that the command line made', () => {
  it('the buffered example prints the answer, its tokens and its cost', async () => {
    const output = await typescript('examples/buffered.ts');

    expect(output).toMatch(/simulated answer/);
    expect(output).toMatch(/^model +claude-haiku-4-5$/m);
    expect(output).toMatch(/^tokens +[1-9]\d* in, [1-9]\d* out$/m);
    expect(output).toMatch(/^cost +\$0\.0\d+$/m);
    expect(output).toMatch(/^cache +off$/m);
    expect(output).toMatch(/^request +[\w-]{16}$/m);
  });

  it('the streamed example prints the answer and what its last chunk tells', async () => {
    const output = await typescript('examples/streamed.ts');

    expect(output).toMatch(/simulated answer/);
    expect(output).toMatch(/^tokens +[1-9]\d* in, [1-9]\d* out\ncost +\$0\.0\d+$/m);
  });

  it('the tools example calls the tool and goes on until the answer is in words', async () => {
    const output = await typescript('examples/tools.ts');

    const [call, answer] = output.split('\n');
    expect(call).toBe('get_temperature({"city":"Oslo"}) -> {"city":"Oslo","celsius":-3}');
    expect(answer).toMatch(/simulated answer/);
  });

  it('the curl example prints a JSON object and a stream', async () => {
    const output = await run('sh', 'examples/curl.sh');

    const [, buffered = '', streamed = ''] = /^Buffered:\n(.*)\n\nStreamed:\n(.*)$/s.exec(output) ?? [];
    expect(JSON.parse(buffered)).toMatchObject({ object: 'chat.completion', model: 'claude-haiku-4-5' });
    expect(streamed).toMatch(/^data: \{.*"cost_usd":0\.0\d+.*\n\ndata: \[DONE\]\n\n$/s);
  });

  it('the example of reported telemetry prints what was accepted, and the metrics that came of it', async () => {
    const output = await reporting('examples/telemetry-http.ts');

    const [accepted = '', ...metrics] = output.trimEnd().split('\n');
    expect(accepted).toMatch(/^202 \{"id":"report-[\w-]+","accepted":6,"overflowed":\[\{"path":"events.5.server"/);
    expect(metrics).toEqual(
      expect.arrayContaining([
        'inference_requests_total{model="nova-lite",status="success"} 1',
        'inference_requests_total{model="nova-lite",status="timeout"} 2',
        'drift_score{model="nova-lite"} 0.18',
        'request_queue_depth{service="inference"} 12',
      ]),
    );
  });

  it('the example of a whole request logs, counts and answers a miss, a hit and a failure', async () => {
    const output = await reporting('examples/telemetry-lambda.ts');

    const lines = output.trimEnd().split('\n');
    const events = lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
      .map(({ event, cache_hit, cost_usd, error_type }) => [event, cache_hit ?? cost_usd ?? error_type]);
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([
      'About magnetism.',
      'About magnetism.',
      'Error: The prompt is empty.',
    ]);
    expect(events).toEqual([
      ['request_received', undefined],
      ['request_completed', expect.any(Number)],
      ['request_received', undefined],
      ['cache_hit', undefined],
      ['request_completed', 0],
      ['request_received', undefined],
      ['request_error', 'provider_error'],
    ]);
  });

  it('the snippet of the README works as it stands', async () => {
    const [, snippet = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const file = join(folder, 'snippet.mts');
    writeFileSync(file, snippet.replace('http://127.0.0.1:8585', machine.url).replace('fg_...', apiKey));

    const output = await typescript(file);

    expect(output).toMatch(/simulated answer.*completion_tokens: \d+/s);
  });

  it('a key that the command line revoked is refused', async () => {
    const made: { key: string; keyId: string } = JSON.parse(await fluxgate('keys create --account other --json'));
    await fluxgate(`keys revoke ${made.keyId}`);

    const answer = await fetch(`${machine.url}/v1/models`, { headers: { authorization: `Bearer ${made.key}` } });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_key' } });
  });
});
