import { Stack } from 'aws-cdk-lib';
import { CfnGroup, CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function';
import type { Settings } from './settings';

export type TracingProps = {
  settings: Settings;
  /** The function that requests are traced in. */
  gateway: NodeFunction;
  /** The segment that API Gateway begins traces with: `<name of the API>/<stage>`. */
  apiServiceName: string;
};

/** Before X-Ray's default rule, which is the last. */
const PRIORITY = 1_000;

/** Saved searches, by what is searched for. Indexed facts are annotations of the step `chat_completion`. */
const SEARCHES = {
  all: undefined,
  chat: 'annotation.operation = "chat"',
  slow: 'responsetime > 2',
  failed: '(error = true OR fault = true)',
} as const;

/** How many requests X-Ray samples, and searches that are saved as groups. */
export class Tracing extends Construct {
  constructor(scope: Construct, id: string, { settings, gateway, apiServiceName }: TracingProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    new CfnSamplingRule(this, 'Sampling', {
      samplingRule: {
        ruleName: stackName,
        version: 1,
        priority: PRIORITY,
        fixedRate: settings.traceSampling.share,
        reservoirSize: settings.traceSampling.perSecond,
        serviceName: apiServiceName,
        serviceType: 'AWS::ApiGateway::Stage',
        resourceArn: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
      },
    });

    const service = `service("${gateway.functionName}")`;
    const group = (name: string, condition: string | undefined) =>
      new CfnGroup(this, toId(name), {
        groupName: `${stackName}-${name}`,
        filterExpression: condition === undefined ? service : `${service} AND ${condition}`,
      });
    for (const [name, condition] of Object.entries(SEARCHES)) group(name, condition);
    for (const model of settings.traceGroupModels) group(model, `annotation.model_id = "${model}"`);
  }
}

const toId = (name: string): string =>
  name.replace(/(^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
