import * as v from 'valibot';
import type { PolicyStatement } from '../aws/iam/policy-statement';
import type { FunctionDefinition } from '../lambda/function-definition';
import type { Resources } from './resources';

const ignored = v.optional(v.unknown());

const plainText = v.pipe(
  v.string(),
  v.check((value) => !value.includes('{{resolve:'), 'dynamic references are not resolved by the local machine'),
);

/** Strict: a property that is not listed may change how the function runs. */
const lambdaFunction = v.strictObject({
  Code: v.strictObject({ S3Bucket: v.string(), S3Key: v.string() }),
  Environment: v.optional(v.object({ Variables: v.optional(v.record(v.string(), plainText), {}) }), {}),
  Handler: v.pipe(v.string(), v.regex(/^[\w-]+\.\w+$/, 'must be <file>.<export>')),
  LoggingConfig: v.optional(
    v.object({
      LogFormat: v.optional(v.picklist(['Text', 'JSON']), 'Text'),
      LogGroup: v.optional(v.string()),
      ApplicationLogLevel: v.optional(v.string()),
    }),
    {},
  ),
  MemorySize: v.optional(v.number(), 128),
  ReservedConcurrentExecutions: v.optional(v.number()),
  Role: v.string(),
  Runtime: v.pipe(v.string(), v.regex(/^nodejs\d+\.x$/, 'only Node.js functions are run')),
  Timeout: v.optional(v.number(), 3),
  TracingConfig: v.optional(v.object({ Mode: v.picklist(['Active', 'PassThrough']) })),
  Architectures: ignored,
  Description: ignored,
  FunctionName: ignored,
  KmsKeyArn: ignored,
  // A layer is not fetched: what it would add to the process, an OpenTelemetry SDK for one, is not there.
  Layers: ignored,
  Tags: ignored,
});

type Sources = {
  readonly roles: ReadonlyMap<string, readonly PolicyStatement[]>;
  /** The folder of a code asset, by the key of its S3 object. */
  readonly assets: ReadonlyMap<string, string>;
};

export const readFunctions = (resources: Resources, { roles, assets }: Sources): readonly FunctionDefinition[] =>
  resources.ofType('AWS::Lambda::Function', lambdaFunction).map(({ logicalId, properties }) => {
    const name = resources.ref(logicalId);
    const codeDirectory = assets.get(properties.Code.S3Key);
    const statements = roles.get(properties.Role);
    if (codeDirectory === undefined)
      throw new Error(`The assembly holds no asset ${properties.Code.S3Key} for ${name}.`);
    if (statements === undefined) throw new Error(`The role ${properties.Role} of ${name} is not in the template.`);
    return {
      logicalId,
      name,
      arn: resources.attribute(logicalId, 'Arn'),
      codeDirectory,
      runtime: properties.Runtime,
      handler: properties.Handler,
      environment: properties.Environment.Variables ?? {},
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      tracing: properties.TracingConfig?.Mode === 'Active',
      logFormat: properties.LoggingConfig.LogFormat ?? 'Text',
      logLevel: properties.LoggingConfig.ApplicationLogLevel,
      logGroup: properties.LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      statements,
    };
  });
