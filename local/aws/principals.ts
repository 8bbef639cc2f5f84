import type { Principal } from './principal';

/** The principals of a proxy, found by their access key. */
export type Principals = {
  all(): readonly Principal[];
  find(accessKeyId: string): Principal | undefined;
  replace(principals: readonly Principal[]): void;
};

/** Throws on principals that cannot be told apart and on statements that say nothing. */
export const createPrincipals = (initial: readonly Principal[]): Principals => {
  let all: readonly Principal[] = [];
  let byKey = new Map<string, Principal>();
  const replace = (principals: readonly Principal[]) => {
    for (const principal of principals) check(principal);
    refuseTwins(
      'access key',
      principals.map((principal) => principal.accessKeyId),
    );
    refuseTwins(
      'name',
      principals.map((principal) => principal.name),
    );
    all = principals;
    byKey = new Map(principals.map((principal) => [principal.accessKeyId, principal]));
  };
  replace(initial);
  return { all: () => all, find: (accessKeyId) => byKey.get(accessKeyId), replace };
};

const check = ({ name, accessKeyId, statements }: Principal): void => {
  if (!/^[A-Za-z0-9]+$/.test(accessKeyId)) throw new Error(`The access key of ${name} must be letters and digits.`);
  if (statements === 'allow-all') return;
  for (const statement of statements) {
    const clear =
      (statement.Action === undefined) !== (statement.NotAction === undefined) &&
      (statement.Resource === undefined) !== (statement.NotResource === undefined);
    if (!clear) throw new Error(`A statement of ${name} lacks an action or a resource: ${JSON.stringify(statement)}`);
  }
};

const refuseTwins = (what: string, values: readonly string[]): void => {
  const twin = values.find((value, index) => values.indexOf(value) !== index);
  if (twin !== undefined) throw new Error(`Two principals have the ${what} ${twin}.`);
};
