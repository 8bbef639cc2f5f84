import type { PolicyStatement } from '../aws/iam/policy-statement';

/** A function of the stack, with every intrinsic resolved. */
export type FunctionDefinition = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The folder of the synthesised code asset. */
  readonly codeDirectory: string;
  /** `nodejs24.x` and the like. */
  readonly runtime: string;
  /** `<file>.<export>` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency: number | undefined;
  /** X-Ray active tracing. */
  readonly tracing: boolean;
  readonly logFormat: 'Text' | 'JSON';
  /** The lowest level that the platform lets through; JSON format only. */
  readonly logLevel: string | undefined;
  readonly logGroup: string;
  /** Everything that its role allows or denies. */
  readonly statements: readonly PolicyStatement[];
};
