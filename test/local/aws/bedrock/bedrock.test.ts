import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  GetAsyncInvokeCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import type { PolicyStatement } from '../../../../local/aws/iam/policy-statement';
import type { AwsProxy } from '../../../../local/aws/proxy';
import { type BedrockSimulator, startBedrockSimulator } from '../../../../local/bedrock/simulator';
import { ACCOUNT, aFunction, clientOf, OPERATOR, refusalOf, startTestProxy } from '../start-test-proxy';

const MODEL = 'amazon.nova-lite-v1:0';
const US_PROFILE = `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.${MODEL}`;
const GLOBAL_MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const GLOBAL_PROFILE = `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/global.${GLOBAL_MODEL}`;
const modelIn = (region: string, model = MODEL) => `arn:aws:bedrock:${region}::foundation-model/${model}`;

let simulator: BedrockSimulator;
let proxy: AwsProxy;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  simulator = await startBedrockSimulator({ pace: { firstEventMs: 0, eventMs: 0 } });
  proxy = await startTestProxy({ bedrock: { endpoint: simulator.url } });
  client = new BedrockRuntimeClient(clientOf(proxy, 'GATEWAY'));
});
afterAll(async () => {
  client.destroy();
  await proxy.close();
  await simulator.close();
});
afterEach(() => proxy.faults.clear());

const allow = (...statements: PolicyStatement[]) =>
  proxy.setPrincipals([OPERATOR, aFunction('gateway', ...statements)]);
const anAllow = (Resource: string | string[], Condition?: PolicyStatement['Condition']): PolicyStatement => ({
  Effect: 'Allow',
  Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
  Resource,
  ...(Condition && { Condition }),
});
const through = (profile: string) => ({ ArnLike: { 'bedrock:InferenceProfileArn': profile } });
const aCall = (modelId: string) => ({
  modelId,
  messages: [{ role: 'user' as const, content: [{ text: 'Hello' }] }],
  inferenceConfig: { maxTokens: 50 },
});
const converse = (modelId: string) => client.send(new ConverseCommand(aCall(modelId)));

describe('Bedrock behind the proxy', () => {
  it('answers Converse, and streams ConverseStream to its end', async () => {
    allow(anAllow(modelIn('us-east-1')));

    const whole = await converse(MODEL);
    const { stream } = await client.send(new ConverseStreamCommand(aCall(MODEL)));
    const events = [];
    for await (const event of stream ?? []) events.push(...Object.keys(event));

    expect(whole.usage?.outputTokens).toBeGreaterThan(0);
    expect(events[0]).toBe('messageStart');
    expect(events.at(-1)).toBe('metadata');
    expect(proxy.decisions.allowed('gateway')).toEqual([
      `bedrock:InvokeModel ${modelIn('us-east-1')}`,
      `bedrock:InvokeModelWithResponseStream ${modelIn('us-east-1')}`,
    ]);
  });

  it('denies in Bedrock’s shape, naming action and resource', async () => {
    allow(anAllow(modelIn('eu-west-1')));

    expect(await refusalOf(converse(MODEL))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`bedrock:InvokeModel on resource: ${modelIn('us-east-1')}`),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('takes the profile and the model wherever the profile sends it, for a geographic profile', async () => {
    const onlyOwnRegion = anAllow(modelIn('us-east-1'), through(US_PROFILE));
    const everywhere = anAllow(modelIn('*'), through(US_PROFILE));
    const call = () => converse(`us.${MODEL}`);

    allow(anAllow(modelIn('*')));
    const withoutProfile = await refusalOf(call());
    allow(anAllow(US_PROFILE), onlyOwnRegion);
    const withoutDestination = await refusalOf(call());
    allow(anAllow(US_PROFILE), everywhere);
    await call();

    expect(withoutProfile).toMatchObject({ message: expect.stringContaining(US_PROFILE) });
    expect(withoutDestination).toMatchObject({ message: expect.stringContaining(modelIn('us-east-2')) });
    expect(proxy.decisions.allowed('gateway')).toEqual([
      `bedrock:InvokeModel ${US_PROFILE}`,
      `bedrock:InvokeModel ${modelIn('us-east-1')}`,
      `bedrock:InvokeModel ${modelIn('us-east-2')}`,
      `bedrock:InvokeModel ${modelIn('us-west-2')}`,
    ]);
  });

  it('keeps a model that is granted through a profile from being called directly', async () => {
    allow(anAllow(US_PROFILE), anAllow(modelIn('*'), through(US_PROFILE)));

    expect(await refusalOf(converse(MODEL))).toMatchObject({ name: 'AccessDeniedException' });
  });

  it('takes profile, model, and the model without a Region, for a global profile', async () => {
    const unspecified = { StringEquals: { 'aws:RequestedRegion': 'unspecified' } };
    const statements = [
      anAllow(GLOBAL_PROFILE),
      anAllow(modelIn('us-east-1', GLOBAL_MODEL), through(GLOBAL_PROFILE)),
      anAllow(modelIn('', GLOBAL_MODEL), { ...unspecified, ...through(GLOBAL_PROFILE) }),
    ];
    const call = () => converse(`global.${GLOBAL_MODEL}`);

    const refusals = [];
    for (const missing of statements) {
      allow(...statements.filter((statement) => statement !== missing));
      refusals.push(await refusalOf(call()));
    }
    allow(...statements);
    const answered = await call();

    expect(refusals).toEqual([
      expect.objectContaining({ message: expect.stringContaining(GLOBAL_PROFILE) }),
      expect.objectContaining({ message: expect.stringContaining(modelIn('us-east-1', GLOBAL_MODEL)) }),
      expect.objectContaining({ message: expect.stringContaining(modelIn('', GLOBAL_MODEL)) }),
    ]);
    expect(answered.usage).toBeDefined();
    expect(proxy.decisions.unusedStatements('gateway')).toEqual([]);
  });

  it('understands a profile that is named by its ARN', async () => {
    allow(anAllow([US_PROFILE, modelIn('*')]));

    await converse(US_PROFILE).catch(() => undefined);

    expect(proxy.decisions.allowed('gateway')).toContain(`bedrock:InvokeModel ${US_PROFILE}`);
  });

  it('says which operation it does not have', async () => {
    allow(anAllow('*'));

    const refusal = await refusalOf(client.send(new GetAsyncInvokeCommand({ invocationArn: 'arn:aws:bedrock:x' })));

    expect(refusal).toMatchObject({ message: expect.stringContaining('GET /async-invoke/') });
  });

  it('passes on what Bedrock refuses', async () => {
    allow(anAllow('*'));

    const refusal = await refusalOf(
      client.send(new InvokeModelCommand({ modelId: 'amazon.no-such-model', body: '{}' })),
    );

    expect(refusal).toMatchObject({ name: expect.stringMatching(/ValidationException|ResourceNotFoundException/) });
  });

  it.each([
    ['throttle', 'ThrottlingException', 429],
    ['internalError', 'InternalServerException', 500],
  ] as const)('injects %s', async (kind, name, httpStatusCode) => {
    allow(anAllow('*'));
    proxy.faults.add({ service: 'bedrock', kind, operation: 'Converse', times: 1 });

    expect(await refusalOf(converse(MODEL))).toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('says that nothing answers where Bedrock is expected', async () => {
    const errors: unknown[] = [];
    const lonely = await startTestProxy({
      bedrock: { endpoint: 'http://127.0.0.1:9' },
      onError: (error) => errors.push(error),
    });
    const caller = new BedrockRuntimeClient(clientOf(lonely));

    const refusal = await refusalOf(caller.send(new ConverseCommand(aCall(MODEL))));
    caller.destroy();
    await lonely.close();

    expect(refusal).toMatchObject({
      name: 'InternalServerException',
      message: expect.stringContaining('Nothing answers at http://127.0.0.1:9'),
    });
    expect(errors).toHaveLength(1);
  });

  it('loses the answer of a call that was served and billed', async () => {
    allow(anAllow('*'));
    const before = simulator.bill.entries().length;
    proxy.faults.add({ service: 'bedrock', kind: 'lostAnswer', times: 1 });

    await expect(client.send(new ConverseStreamCommand(aCall(MODEL)))).rejects.toThrow('socket hang up');

    expect(simulator.bill.entries().length).toBe(before + 1);
  });
});
