import * as v from 'valibot';
import type { Resources } from './resources';

const generation = v.strictObject({
  SecretStringTemplate: v.optional(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()))),
  GenerateStringKey: v.optional(v.string()),
  PasswordLength: v.optional(v.number(), 32),
  ExcludeCharacters: v.optional(v.string(), ''),
  ExcludePunctuation: v.optional(v.boolean(), false),
  ExcludeLowercase: v.optional(v.boolean(), false),
  ExcludeUppercase: v.optional(v.boolean(), false),
  ExcludeNumbers: v.optional(v.boolean(), false),
  IncludeSpace: v.optional(v.boolean(), false),
  RequireEachIncludedType: v.optional(v.boolean(), true),
});

const secret = v.object({
  SecretString: v.optional(v.string()),
  GenerateSecretString: v.optional(generation),
});

export type SecretDefinition = {
  readonly name: string;
  readonly arn: string;
  /** A value that the template fixes, or the rules by which one is generated. */
  readonly content: string | v.InferOutput<typeof generation>;
};

export const readSecrets = (resources: Resources): readonly SecretDefinition[] =>
  resources.ofType('AWS::SecretsManager::Secret', secret).map(({ logicalId, properties }) => {
    const arn = resources.ref(logicalId);
    const content = properties.SecretString ?? properties.GenerateSecretString;
    if (content === undefined) throw new Error(`The secret ${logicalId} has no value and no way to generate one.`);
    return { arn, name: arn.slice(arn.lastIndexOf(':') + 1, -'-000000'.length), content };
  });
