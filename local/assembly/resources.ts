import * as v from 'valibot';
import { resolve, type Scope } from './intrinsics';
import type { Place } from './place';
import { IGNORED_TYPES, RUN_TYPES } from './resource-types';
import { createScope } from './scope';
import type { Template } from './template';

/** A resource whose properties have been read. */
export type Resource<T> = {
  readonly logicalId: string;
  readonly properties: T;
};

/** The resources of one template, with every intrinsic resolved on the way out. */
export type Resources = {
  readonly place: Place;
  /** All resources of a type; throws, naming the resource and the field, when one is not as `schema` wants it. */
  ofType<const S extends v.GenericSchema>(type: RunType, schema: S): readonly Resource<v.InferOutput<S>>[];
  ref(logicalId: string): string;
  attribute(logicalId: string, attribute: string): string;
  outputs(): Readonly<Record<string, string>>;
};

type RunType = (typeof RUN_TYPES)[number];

/** Throws for a resource type that the local machine neither runs nor knowingly leaves out. */
export const createResources = (template: Template, place: Place): Resources => {
  const scope = createScope(template, place);
  const active = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  for (const [logicalId, { Type }] of active) assertKnown(logicalId, Type);

  return {
    place,
    ref: scope.ref,
    attribute: scope.attribute,
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs).map(([name, { Value }]) => [name, String(resolve(Value, scope))]),
      ),
    ofType: (type, schema) =>
      active
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId, { Properties }]) => ({
          logicalId,
          properties: readProperties({ logicalId, type, schema, properties: Properties, scope }),
        })),
  };
};

const assertKnown = (logicalId: string, type: string): void => {
  if (RUN_TYPES.some((known) => known === type) || type in IGNORED_TYPES) return;
  throw new Error(
    `The template has ${logicalId}, a ${type}, which the local machine cannot run: teach it, or list the type with a reason to leave it out.`,
  );
};

type Reading<S extends v.GenericSchema> = {
  logicalId: string;
  type: string;
  schema: S;
  properties: unknown;
  scope: Scope;
};

const readProperties = <const S extends v.GenericSchema>({
  logicalId,
  type,
  schema,
  properties,
  scope,
}: Reading<S>): v.InferOutput<S> => {
  const read = v.safeParse(schema, resolve(properties, scope));
  if (read.success) return read.output;
  const faults = read.issues.map((issue) => `${v.getDotPath(issue) ?? 'properties'}: ${issue.message}`);
  throw new Error(`The local machine cannot run ${logicalId}, a ${type}. ${faults.join('; ')}`);
};
