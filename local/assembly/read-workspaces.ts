import * as v from 'valibot';
import type { WorkspaceDefinition } from '../aws/prometheus/create-prometheus';
import type { Resources } from './resources';

const ignored = v.optional(v.unknown());

/** What a workspace takes late unless it is told otherwise. */
const DEFAULT_OUT_OF_ORDER_SECONDS = 60;

/** Strict: a property that is not listed may change what a workspace takes. */
const workspace = v.strictObject({
  WorkspaceConfiguration: v.optional(
    v.strictObject({
      RetentionPeriodInDays: v.optional(v.number()),
      OutOfOrderTimeWindowInSeconds: v.optional(v.number(), DEFAULT_OUT_OF_ORDER_SECONDS),
    }),
    {},
  ),
  Alias: ignored,
  KmsKeyArn: ignored,
  LoggingConfiguration: ignored,
  Tags: ignored,
});

/** The Managed Prometheus workspaces. */
export const readWorkspaces = (resources: Resources): readonly WorkspaceDefinition[] =>
  resources.ofType('AWS::APS::Workspace', workspace).map(({ logicalId, properties }) => ({
    id: resources.attribute(logicalId, 'WorkspaceId'),
    arn: resources.ref(logicalId),
    outOfOrderSeconds: properties.WorkspaceConfiguration.OutOfOrderTimeWindowInSeconds ?? DEFAULT_OUT_OF_ORDER_SECONDS,
  }));

const ruleGroups = v.strictObject({ Workspace: v.string(), Name: v.string(), Data: v.string(), Tags: ignored });

/** The texts of the rule files, as Prometheus reads them. */
export const readRuleFiles = (resources: Resources): readonly string[] =>
  resources.ofType('AWS::APS::RuleGroupsNamespace', ruleGroups).map(({ properties }) => properties.Data);
