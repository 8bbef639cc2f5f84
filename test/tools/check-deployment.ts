import assert from 'node:assert/strict';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { EMULATOR_GAPS, type Template } from './emulator-gaps';

export type Deployment = { url: string; stackName: string; template: Template };

/** Looks at what a deployment left in the emulated AWS. Returns the facts it found; throws at the first that is not so. */
export const checkDeployment = async ({ url, stackName, template }: Deployment): Promise<string[]> => {
  const options = { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const cloudFormation = new CloudFormationClient(options);
  const physical = await physicalIds(cloudFormation, stackName);
  const ofType = (type: string) =>
    Object.keys(template.Resources).flatMap((id) =>
      template.Resources[id]?.Type === type ? (physical.get(id) ?? []) : [],
    );

  return [
    await stackIsComplete(cloudFormation, stackName),
    everythingElseExists(template, physical),
    await tablesAreThere(new DynamoDBClient(options), ofType('AWS::DynamoDB::Table')),
    await functionsAreThere(new LambdaClient(options), ofType('AWS::Lambda::Function')),
    await streamIsMapped(new LambdaClient(options)),
  ];
};

const physicalIds = async (client: CloudFormationClient, StackName: string): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
      found.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return found;
};

const stackIsComplete = async (client: CloudFormationClient, StackName: string): Promise<string> => {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  assert.equal(stack?.StackStatus, 'CREATE_COMPLETE');
  const outputs = stack.Outputs?.map(({ OutputKey }) => OutputKey).sort();
  assert.deepEqual(outputs, ['ApiUrl', 'ManagementFunctionName', 'NextSteps', 'PrometheusEndpoint']);
  return `stack ${StackName} is complete, with its outputs`;
};

const everythingElseExists = ({ Resources }: Template, physical: Map<string, string>): string => {
  const missing = Object.entries(Resources).filter(([id]) => !physical.has(id));
  const unexplained = missing.filter(([, { Type }]) => !(Type in EMULATOR_GAPS));
  assert.deepEqual(
    unexplained.map(([id, { Type }]) => `${Type} ${id}`),
    [],
  );
  return `${Object.keys(Resources).length - missing.length} of ${Object.keys(Resources).length} resources were created`;
};

const tablesAreThere = async (client: DynamoDBClient, names: readonly string[]): Promise<string> => {
  const tables = await Promise.all(names.map((TableName) => client.send(new DescribeTableCommand({ TableName }))));
  assert.deepEqual(
    tables.map(({ Table }) => Table?.TableStatus),
    Array.from({ length: 5 }, () => 'ACTIVE'),
  );
  assert.deepEqual(
    tables.flatMap(({ Table }) => Table?.StreamSpecification?.StreamViewType ?? []),
    ['NEW_IMAGE'],
  );
  return '5 tables are active, one of them with a stream';
};

const functionsAreThere = async (client: LambdaClient, names: readonly string[]): Promise<string> => {
  const functions = await Promise.all(
    names.map((FunctionName) => client.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  );
  assert.equal(functions.length, 9);
  for (const { Runtime, Environment } of functions) {
    assert.deepEqual([Runtime, Environment?.Variables?.STAGE], ['nodejs24.x', 'dev']);
  }
  return '9 functions are there, on nodejs24.x, with their environment';
};

const streamIsMapped = async (client: LambdaClient): Promise<string> => {
  const { EventSourceMappings: [mapping] = [] } = await client.send(new ListEventSourceMappingsCommand({}));
  assert.match(mapping?.EventSourceArn ?? '', /:table\/.*Ledger.*\/stream\//);
  return 'the ledger stream is mapped to its function';
};
