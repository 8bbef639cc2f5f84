import { randomBytes } from 'node:crypto';
import type { Principal } from './aws/principal';
import type { Streams } from './dynamodb/create-tables';
import type { FunctionDefinition } from './lambda/function-definition';

export type LocalPrincipals = {
  readonly operator: Principal;
  ofFunction(name: string): Principal;
  all(): readonly Principal[];
};

/** A caller for every function, under its role's statements, and an operator who may do everything. */
export const createPrincipals = (functions: readonly FunctionDefinition[], streams: Streams): LocalPrincipals => {
  const operator = toPrincipal('operator', 'allow-all');
  const byName = new Map(
    functions.map(({ name, statements }) => [name, toPrincipal(name, withRealStreams(statements, streams))]),
  );
  return {
    operator,
    ofFunction: (name) => {
      const principal = byName.get(name);
      if (principal === undefined) throw new Error(`No function is named ${name}.`);
      return principal;
    },
    all: () => [operator, ...byName.values()],
  };
};

/** DynamoDB Local refuses access keys that hold anything but letters and digits. */
const toPrincipal = (name: string, statements: Principal['statements']): Principal => ({
  name,
  accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
  statements,
});

/** A stream gets its own ARN only when its table is created; until then the template's stands for it. */
const withRealStreams = (
  statements: FunctionDefinition['statements'],
  streams: Streams,
): FunctionDefinition['statements'] => {
  const toReal = (resource: string) => streams.get(resource)?.arn ?? resource;
  return statements.map((statement) =>
    statement.Resource === undefined
      ? statement
      : {
          ...statement,
          Resource:
            typeof statement.Resource === 'string' ? toReal(statement.Resource) : statement.Resource.map(toReal),
        },
  );
};
