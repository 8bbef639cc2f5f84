import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { explainAwsError } from '../explain-aws-error';
import { UsageError } from '../usage-error';
import { toQuery } from './id';
import { type Line, readLine } from './line';

export type StackLogs = {
  stack: string;
  region: string | undefined;
  id: string;
  /** How far back, in milliseconds. */
  sinceMs: number;
  now(): number;
  wait(milliseconds: number): Promise<void>;
};

const EVERY_MS = 500;
/** Logs Insights gives up on a query after an hour; nobody waits for that at a prompt. */
const LONGEST_MS = 120_000;

/** The lines of a deployed stack that carry an id, found with the user's own AWS configuration. Throws `UsageError`. */
export const queryStackLogs = async (asked: StackLogs): Promise<Line[]> => {
  const { stack, region } = asked;
  const logGroupNames = await findLogGroups(stack, region);
  try {
    return (await runQuery(asked, logGroupNames)).flatMap((message) => readLine(message) ?? []);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw explainAwsError(cause, `The logs of ${stack} could not be searched`);
  }
};

const findLogGroups = async (stack: string, region: string | undefined): Promise<string[]> => {
  const client = new CloudFormationClient({ region });
  const found: string[] = [];
  try {
    for await (const page of paginateListStackResources({ client }, { StackName: stack }))
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (ResourceType === 'AWS::Logs::LogGroup' && PhysicalResourceId) found.push(PhysicalResourceId);
  } catch (cause) {
    throw explainAwsError(cause, `The stack ${stack} could not be read`);
  }
  if (found.length > 0) return found;
  throw new UsageError(
    `The stack ${stack} has no log groups: it is not a Fluxgate stack, or its deployment is not finished.`,
  );
};

const runQuery = async ({ region, id, sinceMs, now, wait }: StackLogs, logGroupNames: string[]): Promise<string[]> => {
  // Loaded here, because every other command starts faster without it.
  const { CloudWatchLogsClient, GetQueryResultsCommand, StartQueryCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  );
  const client = new CloudWatchLogsClient({ region });
  const startedAt = now();
  const { queryId } = await client.send(
    new StartQueryCommand({
      logGroupNames,
      queryString: toQuery(id),
      startTime: Math.floor((startedAt - sinceMs) / 1_000),
      endTime: Math.ceil(startedAt / 1_000),
    }),
  );
  for (;;) {
    const { status, results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Complete')
      return results.map((row) => row.find(({ field }) => field === '@message')?.value?.trim() ?? '');
    if (status !== 'Running' && status !== 'Scheduled')
      throw new UsageError(`The search of the logs ended as ${status}. Try again with a shorter --since.`);
    if (now() - startedAt > LONGEST_MS)
      throw new UsageError('The search takes long. Try again with a shorter --since.');
    await wait(EVERY_MS);
  }
};
