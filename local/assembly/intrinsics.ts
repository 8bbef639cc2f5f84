import { isList, isRecord, isText } from './json';

/** What intrinsic functions look up. Every function throws when there is no such thing. */
export type Scope = {
  ref(name: string): string;
  attribute(logicalId: string, attribute: string): string;
  mapping(map: string, key: string, name: string): unknown;
  condition(name: string): boolean;
};

/** Stands where a property is to be left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Replaces every intrinsic function in a value by what it gives.
 * Throws for a function that it does not know: a guess would be a machine that runs something else than what deploys.
 */
export const resolve = (value: unknown, scope: Scope): unknown => {
  if (isList(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isRecord(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && isIntrinsic(name)) return apply(name, value[name], scope);
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
};

const isIntrinsic = (name: string): boolean => name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');

const apply = (name: string, argument: unknown, scope: Scope): unknown => {
  const intrinsic = INTRINSICS[name];
  if (intrinsic === undefined) throw new Error(`The local machine does not know the intrinsic function ${name}.`);
  return intrinsic(argument, scope);
};

const text = (value: unknown, scope: Scope): string => {
  const resolved = resolve(value, scope);
  if (!isText(resolved)) throw new Error(`An intrinsic function needs text and got ${JSON.stringify(resolved)}.`);
  return resolved;
};

const list = (value: unknown, scope: Scope): readonly unknown[] => {
  const resolved = resolve(value, scope);
  if (!isList(resolved)) throw new Error(`An intrinsic function needs a list and got ${JSON.stringify(resolved)}.`);
  return resolved;
};

/** The arguments of a function; not resolved, because a branch that is not taken must not be looked at. */
const parts = (argument: unknown): readonly unknown[] => {
  if (!isList(argument)) throw new Error(`An intrinsic function needs a list and got ${JSON.stringify(argument)}.`);
  return argument;
};

const truth = (value: unknown, scope: Scope): boolean => {
  const resolved = resolve(value, scope);
  if (typeof resolved !== 'boolean')
    throw new Error(`A condition is neither true nor false: ${JSON.stringify(value)}.`);
  return resolved;
};

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? NO_VALUE : scope.ref(text(argument, scope))),
  Condition: (argument, scope) => scope.condition(text(argument, scope)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = isText(argument) ? argument.split('.') : parts(argument);
    return scope.attribute(text(logicalId, scope), attribute.map((part) => text(part, scope)).join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = parts(argument);
    return list(items, scope)
      .map((item) => text(item, scope))
      .join(text(separator, scope));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = parts(argument);
    return text(whole, scope).split(text(separator, scope));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = parts(argument);
    const selected = list(items, scope)[Number(resolve(index, scope))];
    if (selected === undefined) throw new Error(`Fn::Select finds nothing at ${index}.`);
    return selected;
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = isText(argument) ? [argument, {}] : parts(argument);
    const local = isRecord(variables) ? variables : {};
    return text(pattern, scope).replace(/\$\{([^}]+)\}/g, (_whole, name: string) => substitute(name, local, scope));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, key, name] = parts(argument).map((part) => text(part, scope));
    return scope.mapping(map ?? '', key ?? '', name ?? '');
  },
  'Fn::If': (argument, scope) => {
    const [condition, positive, negative] = parts(argument);
    return resolve(scope.condition(text(condition, scope)) ? positive : negative, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = parts(argument).map((part) => resolve(part, scope));
    return left === right;
  },
  'Fn::And': (argument, scope) => parts(argument).every((part) => truth(part, scope)),
  'Fn::Or': (argument, scope) => parts(argument).some((part) => truth(part, scope)),
  'Fn::Not': (argument, scope) => !truth(parts(argument)[0], scope),
};

const substitute = (name: string, local: Readonly<Record<string, unknown>>, scope: Scope): string => {
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  if (name in local) return text(local[name], scope);
  const [logicalId = '', ...attribute] = name.split('.');
  return attribute.length === 0 ? scope.ref(name) : scope.attribute(logicalId, attribute.join('.'));
};
