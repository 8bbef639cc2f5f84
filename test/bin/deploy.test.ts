import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkConcurrency } from '../../bin/deploy/check-concurrency';
import { findAccount } from '../../bin/deploy/find-account';
import { nextSteps } from '../../bin/deploy/next-steps';
import { readCdkArguments } from '../../bin/deploy/read-cdk-arguments';

type Answer = { status: number; body: string };

let server: Server;
let answer: Answer;

beforeAll(async () => {
  server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body)).listen(0);
  await once(server, 'listening');
});

afterAll(() => server.close());

const portOf = (listening: Server): number => {
  const address = listening.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server is not listening.');
  return address.port;
};

const aws = () => ({
  endpoint: `http://127.0.0.1:${portOf(server)}`,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
});

const stacks = (id: string) => `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
  <StackId>${id}</StackId><StackName>CDKToolkit</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
  </member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

const error = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe('findAccount', () => {
  it('reads the account from the bootstrap stack', async () => {
    answer = { status: 200, body: stacks('arn:aws:cloudformation:eu-west-1:210987654321:stack/CDKToolkit/x') };

    await expect(findAccount(aws())).resolves.toEqual({ accountId: '210987654321', region: 'eu-west-1' });
  });

  it('lets credentials pass that may not look at the bootstrap stack', async () => {
    answer = { status: 403, body: error('AccessDenied', 'not authorized to perform cloudformation:DescribeStacks') };

    await expect(findAccount(aws())).resolves.toEqual({ accountId: undefined, region: 'eu-west-1' });
  });

  it.each([
    [
      'ValidationError',
      'Stack with id CDKToolkit does not exist',
      'This account is not prepared for the CDK in eu-west-1. Run npx cdk bootstrap once, then this again.',
    ],
    ['ExpiredToken', 'The security token is expired', /^The AWS credentials have expired\. Sign in again/],
    ['InvalidClientTokenId', 'The token is invalid', /^AWS does not know these credentials\. Sign in again/],
    ['Throttling', 'Rate exceeded', 'AWS could not be asked: Rate exceeded'],
  ])('says what to do about %s', async (code, message, expected) => {
    answer = { status: 400, body: error(code, message) };

    await expect(findAccount(aws())).rejects.toThrow(expected);
  });
});

describe('checkConcurrency', () => {
  const reserving = { sweeperConcurrency: 'reserved', remoteWriterConcurrency: 'reserved' } as const;
  const limitOf = (executions: number): Answer => ({
    status: 200,
    body: JSON.stringify({ AccountLimit: { ConcurrentExecutions: executions } }),
  });

  it('refuses an account that is too new to reserve an execution, and says how to do without', async () => {
    answer = limitOf(10);

    await expect(checkConcurrency(reserving, () => undefined, aws())).rejects.toThrow(
      /This account may run 10 functions at once.*-c settings='{"sweeperConcurrency":"shared","remoteWriterConcurrency":"shared"}'/,
    );
  });

  it('accepts an account with as many executions to spare as are reserved', async () => {
    answer = limitOf(11);

    await expect(checkConcurrency(reserving, () => undefined, aws())).rejects.toThrow('too few to reserve 2');
    await expect(
      checkConcurrency({ ...reserving, sweeperConcurrency: 'shared' }, () => undefined, aws()),
    ).resolves.toBeUndefined();
  });

  it('only warns when the account cannot be asked', async () => {
    const warnings: string[] = [];
    answer = { status: 403, body: '{"Message":"not yours to see"}' };

    await checkConcurrency(reserving, (line) => warnings.push(line), aws());

    expect(warnings).toEqual([expect.stringContaining('quota of concurrent executions could not be read')]);
  });
});

describe('readCdkArguments', () => {
  it('finds the profile and the context among whatever else the CDK takes', () => {
    const read = readCdkArguments([
      '-c',
      'stage=prod',
      '--force',
      '--context',
      'settings={"a":"b=c"}',
      '--profile=work',
    ]);

    expect(read).toEqual({ profile: 'work', context: { stage: 'prod', settings: '{"a":"b=c"}' } });
  });

  it('finds nothing in no arguments', () => {
    expect(readCdkArguments([])).toEqual({ profile: undefined, context: {} });
  });
});

describe('nextSteps', () => {
  it('gives the URL, the command for the first key, a request and the way back', () => {
    const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/';
    const steps = nextSteps('prod', { 'Fluxgate-prod': { ApiUrl: url, NextSteps: 'npm run fluxgate -- keys create' } });

    expect(steps).toContain(`Fluxgate-prod answers at ${url}`);
    expect(steps).toContain('npm run fluxgate -- keys create');
    expect(steps).toContain(`curl ${url}v1/chat/completions`);
    expect(steps).toContain('npm run destroy -- -c stage=prod');
  });
});

describe('npm run deploy', () => {
  const deploy = (environment: Record<string, string>, ...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/deploy.ts', ...args], {
      cwd: join(__dirname, '../..'),
      env: { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...environment },
    });

  it.each([
    [{}, [], 'No AWS credentials were found.'],
    [{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, [], 'No AWS Region is set.'],
    [{}, ['-c', 'stage=staging'], 'There is no stage staging.'],
  ])('with %j and %j says one thing and fails: %s', async (environment, args, sentence) => {
    await expect(deploy(environment, ...args)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^${sentence}.*\\n$`)),
    });
  });
});
