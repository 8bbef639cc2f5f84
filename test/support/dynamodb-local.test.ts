import { CreateTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbLocalClient, startOwnDynamoDbLocal } from './dynamodb-local';

describe('DynamoDB Local', () => {
  it('starts empty, keeps tables while it runs and is gone after stop', async () => {
    const local = await startOwnDynamoDbLocal();
    const client = dynamoDbLocalClient(local.endpoint);

    const before = await client.send(new ListTablesCommand({}));
    await client.send(
      new CreateTableCommand({
        TableName: 'Things',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      }),
    );
    const after = await client.send(new ListTablesCommand({}));
    await local.stop();

    expect(before.TableNames).toEqual([]);
    expect(after.TableNames).toEqual(['Things']);
    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(/ECONNREFUSED/);
    client.destroy();
  });
});
