import { AwsError } from '../aws-error';
import type { ServiceCall } from '../service';
import { readObject, toAnswer } from './item-call';
import type { LocalDatabase } from './local-database';
import type { TableSchemas } from './table-schemas';

type Deps = { database: LocalDatabase; schemas: TableSchemas; region: string; accountId: string };
type Request = { target: string; operation: string; body: Buffer };

const TABLE_OPERATIONS = new Set([
  'CreateTable',
  'DeleteTable',
  'DescribeContinuousBackups',
  'DescribeTable',
  'DescribeTimeToLive',
  'ListTables',
  'ListTagsOfResource',
  'TagResource',
  'UntagResource',
  'UpdateContinuousBackups',
  'UpdateTable',
  'UpdateTimeToLive',
]);
/** IAM knows no resource for these. */
const LISTS = new Set(['ListStreams', 'ListTables']);
const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

/** Understands what manages tables and what reads streams: allowed on the table or stream, and forwarded as it is. */
export const createReadTableCall =
  ({ database, schemas, region, accountId }: Deps) =>
  ({ target, operation, body }: Request): ServiceCall => {
    const isStream = target.startsWith('DynamoDBStreams_20120810.') && STREAM_OPERATIONS.has(operation);
    const isTable = target.startsWith('DynamoDB_20120810.') && TABLE_OPERATIONS.has(operation);
    if (!isStream && !isTable) throw unknownOperation(target);
    const request = readObject(body);
    const table = tableOf(request);
    return {
      operation,
      accesses: [
        {
          action: `dynamodb:${operation}`,
          resource: LISTS.has(operation) ? '*' : resourceOf(request, `arn:aws:dynamodb:${region}:${accountId}:table/`),
          context: {},
        },
      ],
      tables: table === undefined ? [] : [table],
      keys: [],
      eventuallyConsistent: false,
      perform: async ({ wait }) => {
        await wait();
        const reply = await database.send(target, body);
        if (table !== undefined && isTable) schemas.forget(table);
        return toAnswer(reply);
      },
    };
  };

/** DynamoDB Local names its Region and account in ARNs; what follows is the same on AWS. An iterator begins with its stream's ARN. */
const LOCAL_ARN = /^arn:aws:dynamodb:[^:]*:[^:]*:table\/([^/|]+)(\/stream\/[^|]+)?/;

const arnMembers = ['StreamArn', 'ShardIterator', 'ResourceArn', 'TableName'] as const;

const arnIn = (request: Record<string, unknown>): RegExpExecArray | undefined => {
  for (const member of arnMembers) {
    const found = LOCAL_ARN.exec(String(request[member] ?? ''));
    if (found) return found;
  }
  return undefined;
};

const tableOf = (request: Record<string, unknown>): string | undefined => {
  const [, table] = arnIn(request) ?? [];
  return table ?? (typeof request.TableName === 'string' ? request.TableName : undefined);
};

const resourceOf = (request: Record<string, unknown>, prefix: string): string => {
  const table = tableOf(request);
  if (table === undefined) return '*';
  const [, , stream = ''] = arnIn(request) ?? [];
  return `${prefix}${table}${stream}`;
};

const unknownOperation = (target: string): AwsError =>
  new AwsError({
    code: 'UnknownOperationException',
    status: 400,
    message: `The local AWS proxy does not have the DynamoDB operation ${target || '(none named)'}.`,
  });
