import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_QUERIES } from '../dashboards/log-queries';
import type { LogQuery } from '../dashboards/log-query';
import { NodeFunction } from './node-function';

/** Every saved query of the table, over the log groups of the functions that are in the stack by then. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName, node } = Stack.of(this);
    const functions = node.findAll().filter((construct) => construct instanceof NodeFunction);
    for (const query of LOG_QUERIES) {
      new CfnQueryDefinition(this, toConstructId(query), {
        name: `${stackName}/${query.folder}/${query.title}`,
        queryString: query.text,
        logGroupNames: functionsOf(query, functions).map(({ logGroup }) => logGroup.logGroupName),
        parameters: parametersOf(query),
      });
    }
  }
}

const toConstructId = ({ folder, title }: LogQuery): string =>
  [folder, ...title.split(/\W+/)].map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');

const functionsOf = ({ title, over }: LogQuery, functions: readonly NodeFunction[]): readonly NodeFunction[] => {
  if (over === 'all') return functions;
  return over.map((folder) => {
    const found = functions.find((candidate) => candidate.folder === folder);
    if (!found) throw new Error(`The query "${title}" runs over the function ${folder}, which the stack lacks.`);
    return found;
  });
};

const parametersOf = ({ parameters }: LogQuery): CfnQueryDefinition.QueryParameterProperty[] | undefined =>
  parameters?.map(({ name, description }) => ({ name, description }));
