import { Aws, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRuleGroupsNamespace, CfnWorkspace } from 'aws-cdk-lib/aws-aps';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RECORDING_RULES } from '../dashboards/recording-rules';
import { toRuleGroups } from '../dashboards/to-rule-groups';
import type { BuildContext } from './context';
import { createLogGroup } from './log-group';
import { toRuleGroupsText } from './rule-groups-text';

/** As often as samples come in by default: more often the rules would only read the same ones. */
const EVALUATED_EVERY_SECONDS = 60;

/** A workspace of Amazon Managed Prometheus with the recording rules. */
export class ManagedPrometheus extends Construct {
  /** `https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/` */
  readonly endpoint: string;
  private readonly arn: string;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { settings, encryptionKey } = context;
    const { stackName } = Stack.of(this);
    // Logs are delivered to groups of this prefix only; the stack's id keeps one that was retained from being in the way.
    const logGroupName = `/aws/vendedlogs/prometheus/${stackName}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
    const logGroup = createLogGroup(this, 'Logs', { class: 'debug', context, logGroupName });
    const workspace = new CfnWorkspace(this, 'Workspace', {
      alias: stackName,
      kmsKeyArn: encryptionKey?.keyArn,
      loggingConfiguration: { logGroupArn: logGroup.logGroupArn },
      workspaceConfiguration: { retentionPeriodInDays: settings.metricRetentionDays },
    });
    workspace.applyRemovalPolicy(settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    new CfnRuleGroupsNamespace(this, 'RecordingRules', {
      workspace: workspace.attrArn,
      name: 'fluxgate',
      data: toRuleGroupsText(toRuleGroups(RECORDING_RULES, EVALUATED_EVERY_SECONDS)),
    });
    this.endpoint = workspace.attrPrometheusEndpoint;
    this.arn = workspace.attrArn;
  }

  /** Allows nothing but to write samples. */
  allowRemoteWrite(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['aps:RemoteWrite'], resources: [this.arn] }),
    );
  }
}
