import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import type { LogLine } from './insights/log-line';
import { runQuery } from './insights/run-query';

/** Enough of AWS to search the logs of one stack: CloudFormation ListStackResources, Logs StartQuery and GetQueryResults. */
export type LogsOverHttp = {
  url: string;
  /** What was asked of Logs Insights. */
  queries: v.InferOutput<typeof startQuery>[];
  close(): Promise<void>;
};

const startQuery = v.object({
  logGroupNames: v.array(v.string()),
  queryString: v.string(),
  startTime: v.number(),
  endTime: v.number(),
});

const RESOURCES = `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries>
<member><LogicalResourceId>Logs</LogicalResourceId><PhysicalResourceId>Fluxgate-test-Logs</PhysicalResourceId><ResourceType>AWS::Logs::LogGroup</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-21T10:00:00Z</LastUpdatedTimestamp></member>
<member><LogicalResourceId>Table</LogicalResourceId><PhysicalResourceId>Fluxgate-test-Table</PhysicalResourceId><ResourceType>AWS::DynamoDB::Table</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-21T10:00:00Z</LastUpdatedTimestamp></member>
</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;

/** A first look finds every query still running; what it ends as is `status`. */
export const serveLogs = async (lines: readonly LogLine[], status = 'Complete'): Promise<LogsOverHttp> => {
  const queries: LogsOverHttp['queries'] = [];
  let looks = 0;

  const answerLogs = (operation: string, body: string): object => {
    if (operation === 'StartQuery') {
      queries.push(v.parse(startQuery, JSON.parse(body)));
      return { queryId: `query-${queries.length}` };
    }
    looks += 1;
    if (looks === 1) return { status: 'Running', results: [] };
    const rows = runQuery(queries.at(-1)?.queryString ?? '', lines);
    const results = rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value: String(value) })));
    return { status, results };
  };

  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = await text(request);
    if (target === '') response.writeHead(200, { 'content-type': 'text/xml' }).end(RESOURCES);
    else
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(answerLogs(target.split('.')[1] ?? '', body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    queries,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
