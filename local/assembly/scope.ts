import { type Identity, toIdentity } from './identity';
import { resolve, type Scope } from './intrinsics';
import { isText } from './json';
import { type Place, toPseudoParameters } from './place';
import type { Template } from './template';

/** Gives the intrinsic functions of one template what they refer to. */
export const createScope = (template: Template, place: Place): Scope => {
  const pseudo = toPseudoParameters(place);
  const identities = new Map<string, Identity>();

  const identityOf = (logicalId: string): Identity => {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new Error(`The template refers to ${logicalId}, which it does not have.`);
    const given = (property: string): string | undefined => {
      const name = resolve(resource.Properties[property], scope);
      return isText(name) ? name : undefined;
    };
    const identity = toIdentity(resource.Type, { logicalId, given, place });
    identities.set(logicalId, identity);
    return identity;
  };

  const scope: Scope = {
    ref: (name) => pseudo[name] ?? template.Parameters[name]?.Default ?? identityOf(name).ref,
    attribute: (logicalId, attribute) => {
      const value = identityOf(logicalId).attributes[attribute];
      if (value !== undefined) return value;
      throw new Error(
        `The local machine does not know the attribute ${attribute} of ${logicalId}: add it to the identities.`,
      );
    },
    mapping: (map, key, name) => {
      const value = template.Mappings[map]?.[key]?.[name];
      if (value !== undefined) return value;
      throw new Error(`The template has no mapping ${map}.${key}.${name}.`);
    },
    condition: (name) => {
      const value = resolve(template.Conditions[name], scope);
      if (typeof value === 'boolean') return value;
      throw new Error(`The template has no condition ${name}.`);
    },
  };
  return scope;
};
