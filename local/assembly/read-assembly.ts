import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Assembly } from './assembly';
import type { Place } from './place';
import { readBuckets } from './read-buckets';
import { readEventSources } from './read-event-sources';
import { readFunctions } from './read-functions';
import { readRestApi } from './read-rest-api';
import { readRoles } from './read-roles';
import { readSchedules } from './read-schedules';
import { readSecrets } from './read-secrets';
import { readTables } from './read-tables';
import { readRuleFiles, readWorkspaces } from './read-workspaces';
import { createResources } from './resources';
import { readTemplate } from './template';

const manifest = v.object({
  artifacts: v.record(
    v.string(),
    v.object({
      type: v.string(),
      properties: v.optional(
        v.object({
          stackName: v.optional(v.string()),
          templateFile: v.optional(v.string()),
          file: v.optional(v.string()),
        }),
        {},
      ),
    }),
  ),
});

const assetManifest = v.object({
  files: v.record(
    v.string(),
    v.object({
      source: v.object({ path: v.string() }),
      destinations: v.record(v.string(), v.object({ objectKey: v.string() })),
    }),
  ),
});

/**
 * Reads a cloud assembly (a `cdk.out` folder) that holds one stack.
 * Throws, naming the resource, when the stack has something that the local machine cannot run.
 */
export const readAssembly = (directory: string, { region, accountId }: Omit<Place, 'stackName'>): Assembly => {
  const artifacts = Object.entries(readJson(directory, 'manifest.json', manifest).artifacts);
  const [stack, ...others] = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  if (stack === undefined || others.length > 0) throw new Error('The local machine runs an assembly of one stack.');
  const [stackId, { properties }] = stack;
  const template = readTemplate(readFile(directory, properties.templateFile ?? `${stackId}.template.json`));
  const place = { stackName: properties.stackName ?? stackId, region, accountId };
  const assets = readAssets(
    directory,
    artifacts.filter(([, { type }]) => type === 'cdk:asset-manifest').map(([, artifact]) => artifact.properties.file),
  );

  const resources = createResources(template, place);
  return {
    place,
    api: readRestApi(resources),
    functions: readFunctions(resources, { assets, roles: readRoles(resources) }),
    tables: readTables(resources),
    eventSources: readEventSources(resources),
    schedules: readSchedules(resources),
    secrets: readSecrets(resources),
    buckets: readBuckets(resources),
    workspaces: readWorkspaces(resources),
    ruleFiles: readRuleFiles(resources),
    outputs: resources.outputs(),
  };
};

/** Folders of file assets, by the key under which they would be uploaded. */
const readAssets = (directory: string, files: readonly (string | undefined)[]): ReadonlyMap<string, string> => {
  const sources = files
    .filter((file) => file !== undefined)
    .flatMap((file) => Object.values(readJson(directory, file, assetManifest).files));
  return new Map(
    sources.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path)] as const),
    ),
  );
};

const readFile = (directory: string, file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));

const readJson = <const S extends v.GenericSchema>(directory: string, file: string, schema: S): v.InferOutput<S> =>
  v.parse(schema, readFile(directory, file));
