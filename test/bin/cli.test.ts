import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../bin/cli/run-cli';
import { createKeyRegister } from '../../lambdas/core/keys/key-register';
import { createKeysTable } from '../../lambdas/core/keys/keys-table';
import { createManage } from '../../lambdas/management/manage';
import { dynamoDbOfTests } from '../support/dynamodb-local';
import { createTestKeysTable } from '../support/keys-table';
import { FUNCTION_NAME, type ManagementOverHttp, STACK_NAME, serveManagement } from '../support/management-over-http';

const { client } = dynamoDbOfTests();
let aws: ManagementOverHttp;
let folder: string;
const environment = { ...process.env };

beforeEach(async () => {
  const tableName = await createTestKeysTable(client);
  const peppers = { read: async () => ({ current: '1', byVersion: new Map([['1', 'pepper']]) }) };
  const manage = createManage({
    register: createKeyRegister({ client, tableName }),
    keys: createKeysTable({ client, tableName }),
    peppers,
    modelIds: ['small', 'large'],
    now: () => new Date('2026-11-21T10:00:00.000Z'),
    log: { event: () => undefined },
  });
  aws = await serveManagement((event) => manage(event, { awsRequestId: 'invocation-1' }));
  folder = await mkdtemp(join(tmpdir(), 'fluxgate-cli-'));
  await writeLocalFile();
});

afterEach(async () => {
  process.env = { ...environment };
  await aws.close();
  await rm(folder, { recursive: true });
});

const writeLocalFile = (changes: object = {}) =>
  writeFile(
    join(folder, 'local.json'),
    JSON.stringify({
      url: 'http://127.0.0.1:8585',
      awsEndpoint: aws.url,
      region: 'us-east-1',
      accountId: '000000000000',
      operator: { accessKeyId: 'OPERATOR', secretAccessKey: 'secret' },
      managementFunctionName: FUNCTION_NAME,
      pid: process.pid,
      ...changes,
    }),
  );

/** Runs one command line as a shell would split it. */
const fluxgate = async (line: string) => {
  const printed = { out: '', error: '' };
  const exitCode = await runCli(line.split(' ').filter(Boolean), {
    out: (text) => {
      printed.out += text;
    },
    error: (text) => {
      printed.error += text;
    },
    localFile: join(folder, 'local.json'),
    paint: (_, text) => text,
    now: Date.now,
    wait: () => Promise.resolve(),
  });
  return { ...printed, exitCode };
};

const KEY = /fg_([0-9A-Za-z]{16})_[0-9A-Za-z]{40}/;

describe('keys create', () => {
  it('sends what was asked for and shows the key once', async () => {
    const made = await fluxgate(
      'keys create --account acme --name ci --rpm 60 --tpm=100000 --budget 25/month --models small,large --scopes chat,metrics --cache',
    );
    const listed = await fluxgate('keys list');

    expect(aws.requests[0]).toEqual({
      action: 'keys.create',
      account: 'acme',
      name: 'ci',
      rpm: 60,
      tpm: 100_000,
      budget: { nanoUsd: 25_000_000_000, period: 'month' },
      models: ['small', 'large'],
      scopes: ['chat', 'metrics'],
      cache: true,
    });
    expect(made).toMatchObject({ exitCode: 0, error: '', out: expect.stringMatching(KEY) });
    expect(made.out).toContain('cannot be shown again');
    expect(made.out).toMatch(/budget +\$25\/month/);
    expect(listed.out).not.toMatch(KEY);
  });

  it('prints JSON when asked', async () => {
    const { out } = await fluxgate('keys create --account acme --json');

    expect(JSON.parse(out)).toMatchObject({ key: expect.stringMatching(KEY), account: 'acme', scopes: ['chat'] });
  });
});

describe('keys', () => {
  const create = async (account: string) => {
    const { out } = await fluxgate(`keys create --account ${account} --rpm 60 --budget 0.50/day`);
    return KEY.exec(out)?.[1] ?? '';
  };

  it('are listed as a table', async () => {
    const id = await create('acme');
    await create('other');

    const all = await fluxgate('keys list');
    const ofAcme = await fluxgate('keys list --account acme');

    expect(all.out.split('\n')).toHaveLength(3);
    expect(all.out).toMatch(/^id +account +name +scopes +rpm +tpm +budget +cache +models +created +revoked$/m);
    expect(ofAcme.out.split('\n').slice(1)).toEqual([
      expect.stringMatching(new RegExp(`^${id} +acme +chat +60 +- +\\$0\\.50/day +as account +all +2026-11-21$`)),
    ]);
  });

  it('are revoked', async () => {
    const id = await create('acme');

    const { out } = await fluxgate(`keys revoke ${id}`);

    expect(out).toMatch(/^revoked +2026-11-21$/m);
  });

  it('change limits one by one, or all at once', async () => {
    const id = await create('acme');

    const one = await fluxgate(`keys limit ${id} --tpm 7 --budget none --json`);
    const all = await fluxgate(`keys limit ${id} --none --json`);

    expect([JSON.parse(one.out).limits, JSON.parse(all.out).limits]).toEqual([{ rpm: 60, tpm: 7 }, {}]);
  });
});

describe('accounts', () => {
  it('are listed, shown, limited and given the cache', async () => {
    await fluxgate('keys create --account acme');

    await fluxgate('accounts limit --account acme --budget 100/month');
    await fluxgate('accounts cache --account acme');
    const on = await fluxgate('accounts list');
    await fluxgate('accounts cache --account acme --off');
    const off = await fluxgate('accounts get --account acme');

    expect(on.out).toMatch(/^acme +- +- +\$100\/month +on +2026-11-21$/m);
    expect(off.out).toMatch(/^cache +off$/m);
  });
});

describe('a deployed stack', () => {
  beforeEach(() => {
    process.env.AWS_ENDPOINT_URL = aws.url;
    process.env.AWS_ACCESS_KEY_ID = 'SOMEONE';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  });

  it('is found by its name and asked through its management function', async () => {
    const made = await fluxgate(`keys create --account acme --stack ${STACK_NAME} --region eu-central-1`);

    expect(made).toMatchObject({ exitCode: 0, out: expect.stringMatching(KEY) });
    expect(aws.requests).toEqual([{ action: 'keys.create', account: 'acme' }]);
  });

  it('that is not there is named', async () => {
    const { error, exitCode } = await fluxgate('keys list --stack Nothing --region eu-central-1');

    expect([exitCode, error]).toEqual([
      1,
      'The stack Nothing could not be read: Stack with id Nothing does not exist.',
    ]);
  });
});

describe('without a local machine', () => {
  const NOT_RUNNING =
    'No local machine is running: start it with npm start in another terminal, or name a deployed stack with --stack.';

  it('says how to start one when there never was one', async () => {
    await rm(join(folder, 'local.json'));

    expect(await fluxgate('keys list')).toEqual({ exitCode: 1, out: '', error: NOT_RUNNING });
  });

  it('says so when its process is gone', async () => {
    // Above every pid that Linux and macOS give out.
    await writeLocalFile({ pid: 2 ** 30 });

    expect(await fluxgate('keys list')).toEqual({ exitCode: 1, out: '', error: NOT_RUNNING });
  });

  it('says that it does not answer when it does not', async () => {
    await writeLocalFile({ awsEndpoint: 'http://127.0.0.1:9' });

    const { error, exitCode } = await fluxgate('keys list');

    expect([exitCode, error]).toEqual([
      1,
      expect.stringMatching(/^The management function could not be called: .*\.$/),
    ]);
  });
});

describe('a mistake', () => {
  it.each([
    ['keys', 'There is no command "keys"; there are keys create, keys list,'],
    ['keys destroy', 'There is no command "keys destroy"'],
    ['keys create', 'keys create needs --account <account>.'],
    ['keys create --account', '--account needs a value: --account <account>.'],
    ['keys create --account --rpm 5', '--account needs a value: --account <account>.'],
    ['keys create --account acme --rmp 5', 'keys create has no option --rmp; it has --account,'],
    ['keys create --account acme --off', 'keys create has no option --off; it has --account,'],
    ['keys create --account acme extra', 'keys create does not know what to do with "extra".'],
    ['keys create --account acme --rpm many', '--rpm must be a whole number above 0, not "many".'],
    ['keys create --account acme --rpm 0', '--rpm must be a whole number above 0, not "0".'],
    ['keys create --account acme --rpm none', '--rpm must be a whole number above 0, not "none".'],
    [
      'keys create --account acme --budget 25',
      '--budget must be US dollars per day or month, such as 25/month or $2.50/day, not "25".',
    ],
    ['keys create --account acme --cache=yes', '--cache takes no value.'],
    ['keys create --account acme --models huge', 'models: huge is not in the catalogue. It has small, large.'],
    ['keys revoke', 'keys revoke needs a <key id>.'],
    ['keys revoke one two', 'keys revoke does not know what to do with "two".'],
    ['keys revoke nobody', 'There is no key with the id nobody.'],
    ['keys limit nobody', 'Name a limit to change: rpm, tpm, budget, or none to remove them all.'],
  ])('is one sentence and exit code 1: %s', async (line, sentence) => {
    const { out, error, exitCode } = await fluxgate(line);

    expect([exitCode, out, error.split('\n').length]).toEqual([1, '', 1]);
    expect(error.startsWith(sentence)).toBe(true);
  });

  it('of the function is told with its own words', async () => {
    aws.setHandler(async () => {
      throw new Error('The pepper secret is not JSON.');
    });

    const { error, exitCode } = await fluxgate('keys list');

    expect([exitCode, error]).toEqual([1, 'The management function failed: The pepper secret is not JSON.']);
  });
});

describe('help', () => {
  it.each(['', '--help', 'keys --help'])('names every command: %p', async (line) => {
    const { out, exitCode } = await fluxgate(line);

    expect(exitCode).toBe(0);
    expect(out).toMatch(/keys create.*keys list.*keys revoke.*keys limit.*accounts limit/s);
  });

  it('of a command names its options and asks nobody', async () => {
    const { out, exitCode } = await fluxgate('keys create --help');

    expect([exitCode, aws.requests]).toEqual([0, []]);
    expect(out).toMatch(/--account <account> +whose key it is \(needed\)/);
  });
});
