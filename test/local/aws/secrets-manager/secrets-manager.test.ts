import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsProxy } from '../../../../local/aws/proxy';
import { ACCOUNT, aFunction, clientOf, OPERATOR, refusalOf, startTestProxy } from '../start-test-proxy';

const ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:Pepper-a1B2c3`;
const SECRET = { arn: ARN, name: 'Pepper', value: '{"current":"1"}' };

let proxy: AwsProxy;
let client: SecretsManagerClient;
let operator: SecretsManagerClient;

beforeEach(async () => {
  const reader = aFunction('gateway', { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ARN });
  proxy = await startTestProxy({ secrets: [SECRET], principals: [OPERATOR, reader] });
  client = new SecretsManagerClient(clientOf(proxy, 'GATEWAY'));
  operator = new SecretsManagerClient(clientOf(proxy));
});
afterEach(async () => {
  client.destroy();
  operator.destroy();
  await proxy.close();
});

const read = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

describe('Secrets Manager behind the proxy', () => {
  it.each([ARN, 'Pepper', ARN.slice(0, -7)])('finds a secret by %s', async (id) => {
    expect(await read(id)).toMatchObject({
      ARN,
      Name: 'Pepper',
      SecretString: SECRET.value,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
  });

  it('denies what the role does not allow', async () => {
    const refusal = await refusalOf(client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString: 'x' })));

    expect(refusal).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`secretsmanager:PutSecretValue on resource: ${ARN}`),
    });
  });

  it('gives a new value a new version', async () => {
    const { VersionId } = await read(ARN);

    await operator.send(new PutSecretValueCommand({ SecretId: 'Pepper', SecretString: 'rotated' }));
    const { VersionIdsToStages } = await operator.send(new DescribeSecretCommand({ SecretId: ARN }));

    expect(await read(ARN)).toMatchObject({ SecretString: 'rotated' });
    expect(Object.keys(VersionIdsToStages ?? {})).not.toContain(VersionId);
  });

  it('does not find what is not there', async () => {
    const reads = [{ SecretId: 'Salt' }, { SecretId: ARN, VersionStage: 'AWSPENDING' }];

    for (const input of reads) {
      expect(await refusalOf(operator.send(new GetSecretValueCommand(input)))).toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
  });

  it('names an operation that it does not have', async () => {
    expect(await refusalOf(operator.send(new DeleteSecretCommand({ SecretId: ARN })))).toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('secretsmanager.DeleteSecret'),
    });
  });
});
