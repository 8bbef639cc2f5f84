import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb';
import { createChildren } from '../../local/processes/children';

/** A running DynamoDB Local: in memory, one database for every access key and Region. */
export type DynamoDbLocal = {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
};

/** Where the one DynamoDB Local of a whole test run listens: set before the tests, read by their processes. */
export const SHARED_ENDPOINT = 'FLUXGATE_TEST_DYNAMODB_ENDPOINT';

/** Starts a DynamoDB Local of its own. Rejects with what Java printed when it does not come up. */
export const startOwnDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  const children = createChildren();
  try {
    return { endpoint: await startDynamoDb({ children }), stop: () => children.stop() };
  } catch (error) {
    await children.stop();
    throw error;
  }
};

/** A client for a running DynamoDB Local. */
export const dynamoDbLocalClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

/** The DynamoDB Local of this test run, in which every test file makes tables of its own, and a client of it, which is closed after the tests of the file. */
export const dynamoDbOfTests = (): { endpoint: string; client: DynamoDBClient } => {
  const endpoint = process.env[SHARED_ENDPOINT];
  if (endpoint === undefined) throw new Error('DynamoDB Local is started before the tests: run them with Jest.');
  const client = dynamoDbLocalClient(endpoint);
  afterAll(() => client.destroy());
  return { endpoint, client };
};
