import * as v from 'valibot';

const resource = v.object({
  Type: v.string(),
  Condition: v.optional(v.string()),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

const template = v.object({
  Resources: v.record(v.string(), resource),
  Parameters: v.optional(v.record(v.string(), v.object({ Type: v.string(), Default: v.optional(v.string()) })), {}),
  Mappings: v.optional(v.record(v.string(), v.record(v.string(), v.record(v.string(), v.unknown()))), {}),
  Conditions: v.optional(v.record(v.string(), v.unknown()), {}),
  Outputs: v.optional(v.record(v.string(), v.object({ Value: v.unknown() })), {}),
});

/** A CloudFormation template, as far as the local machine reads it. */
export type Template = v.InferOutput<typeof template>;

/** Throws an error that names the field at fault. */
export const readTemplate = (json: unknown): Template => v.parse(template, json);
