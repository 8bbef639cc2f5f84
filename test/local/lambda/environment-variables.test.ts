import { toEnvironmentVariables } from '../../../local/lambda/environment-variables';
import { aDefinition } from './running-functions';

const variablesOf = (environment: Record<string, string>) =>
  toEnvironmentVariables({
    definition: { ...aDefinition, environment },
    principal: { name: 'writer', accessKeyId: 'WRITER', secretAccessKey: 'secret', statements: [] },
    surroundings: { region: 'us-east-1', awsEndpoint: 'http://127.0.0.1:4566', xrayDaemon: '127.0.0.1:2000' },
    taskRoot: '/task',
    runtimeApi: '127.0.0.1:9001',
  });

describe('the variables of a function', () => {
  it('are those of the template, beside what Lambda adds', () => {
    expect(variablesOf({ STAGE: 'dev' })).toMatchObject({
      STAGE: 'dev',
      AWS_LAMBDA_FUNCTION_NAME: 'subject',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'WRITER',
    });
  });

  it.each([
    [
      'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
      'http://127.0.0.1:4566/workspaces/ws-1/api/v1/remote_write',
    ],
    ['https://example.com/workspaces/ws-1', 'https://example.com/workspaces/ws-1'],
    ['see https://aps-workspaces.eu-west-1.amazonaws.com/', 'see https://aps-workspaces.eu-west-1.amazonaws.com/'],
  ])('point at the proxy where they are the URL of a workspace: %s', (value, expected) => {
    expect(variablesOf({ URL: value }).URL).toBe(expected);
  });
});
