import * as v from 'valibot';
import type { Resources } from './resources';

const keySchema = v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) }));

const index = v.object({
  IndexName: v.string(),
  KeySchema: keySchema,
  Projection: v.object({
    ProjectionType: v.picklist(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: v.optional(v.array(v.string())),
  }),
});

const table = v.object({
  KeySchema: keySchema,
  AttributeDefinitions: v.array(v.object({ AttributeName: v.string(), AttributeType: v.picklist(['S', 'N', 'B']) })),
  BillingMode: v.literal('PAY_PER_REQUEST', 'only on-demand tables are run'),
  GlobalSecondaryIndexes: v.optional(v.array(index)),
  LocalSecondaryIndexes: v.optional(v.array(index)),
  StreamSpecification: v.optional(
    v.object({ StreamViewType: v.picklist(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) }),
  ),
  TimeToLiveSpecification: v.optional(v.object({ AttributeName: v.string(), Enabled: v.boolean() })),
});

/** A table of the stack; `schema` is its part of the template, in DynamoDB's own words. */
export type TableDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly schema: v.InferOutput<typeof table>;
};

export const readTables = (resources: Resources): readonly TableDefinition[] =>
  resources.ofType('AWS::DynamoDB::Table', table).map(({ logicalId, properties }) => ({
    name: resources.ref(logicalId),
    arn: resources.attribute(logicalId, 'Arn'),
    streamArn: resources.attribute(logicalId, 'StreamArn'),
    schema: properties,
  }));
