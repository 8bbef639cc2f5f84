import type { RestApi } from '../api/rest-api';
import type { WorkspaceDefinition } from '../aws/prometheus/create-prometheus';
import type { Bucket } from '../aws/s3/create-s3';
import type { FunctionDefinition } from '../lambda/function-definition';
import type { Schedule } from '../schedules/schedule';
import type { EventSource } from '../streams/event-source';
import type { Place } from './place';
import type { SecretDefinition } from './read-secrets';
import type { TableDefinition } from './read-tables';

/** Everything of a synthesised stack that the local machine runs. */
export type Assembly = {
  readonly place: Place;
  readonly api: RestApi;
  readonly functions: readonly FunctionDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly eventSources: readonly EventSource[];
  readonly schedules: readonly Schedule[];
  readonly secrets: readonly SecretDefinition[];
  readonly buckets: readonly Bucket[];
  readonly workspaces: readonly WorkspaceDefinition[];
  /** What the workspaces record from their series: texts of rule files. */
  readonly ruleFiles: readonly string[];
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
};
