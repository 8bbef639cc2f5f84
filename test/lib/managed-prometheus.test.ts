import { Match } from 'aws-cdk-lib/assertions';
import { RECORDING_RULES } from '../../dashboards/recording-rules';
import { toRuleGroups } from '../../dashboards/to-rule-groups';
import { toRuleGroupsText } from '../../lib/rule-groups-text';
import { synthesise } from './synthesise';

describe('Managed Prometheus', () => {
  const template = synthesise({ stage: 'prod' });

  it('is a workspace that keeps samples for 90 days, tells its troubles, and outlives a production stack', () => {
    template.hasResource('AWS::APS::Workspace', {
      DeletionPolicy: 'Retain',
      Properties: {
        Alias: 'Fluxgate-prod',
        WorkspaceConfiguration: { RetentionPeriodInDays: 90 },
        LoggingConfiguration: { LogGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PrometheusLogs'), 'Arn'] } },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: {
        'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^/aws/vendedlogs/prometheus/Fluxgate-prod-')])],
      },
    });
  });

  it('keeps samples as long as the settings say, under the key of the customer if there is one', () => {
    const encrypted = synthesise({ settings: { metricRetentionDays: 15, encryption: 'customer-managed' } });

    encrypted.hasResource('AWS::APS::Workspace', {
      DeletionPolicy: 'Delete',
      Properties: {
        WorkspaceConfiguration: { RetentionPeriodInDays: 15 },
        KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
      },
    });
  });

  it('has every recording rule, in one namespace', () => {
    template.resourceCountIs('AWS::APS::RuleGroupsNamespace', 1);
    template.hasResourceProperties('AWS::APS::RuleGroupsNamespace', {
      Data: toRuleGroupsText(toRuleGroups(RECORDING_RULES, 60)),
    });
  });

  it('is written to every minute, at most once at a time, where the workspace says', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 59,
      ReservedConcurrentExecutions: 1,
      Environment: {
        Variables: {
          INTERVAL_SECONDS: '60',
          ALIASES: 'off',
          REMOTE_WRITE_URL: {
            'Fn::Join': [
              '',
              [
                { 'Fn::GetAtt': [Match.stringLikeRegexp('^PrometheusWorkspace'), 'PrometheusEndpoint'] },
                'api/v1/remote_write',
              ],
            ],
          },
        },
      },
    });
  });

  it('is written to four times a minute, aliases included, when the settings say so', () => {
    const often = synthesise({ settings: { remoteWrite: { intervalSeconds: 15, aliases: true } } });

    often.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { INTERVAL_SECONDS: '15', ALIASES: 'on' } },
    });
  });

  it('leaves nothing behind when it is off', () => {
    const without = synthesise({ settings: { prometheus: 'off' } });

    without.resourceCountIs('AWS::APS::Workspace', 0);
    without.resourceCountIs('AWS::APS::RuleGroupsNamespace', 0);
    without.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: { REMOTE_WRITE_URL: Match.anyValue() } } },
      0,
    );
    expect(Object.keys(without.findOutputs('*'))).not.toContain('PrometheusEndpoint');
  });
});

describe('a rule file', () => {
  it('is YAML in which no expression can be taken for anything else', () => {
    const rules = [
      { record: 'a:b', expr: 'sum(rate(a{c="d"}[5m]))' },
      { record: 'e', expr: 'b' },
    ];

    expect(toRuleGroupsText([{ name: 'first', interval: '60s', rules }])).toBe(
      [
        'groups:',
        '  - name: "first"',
        '    interval: 60s',
        '    rules:',
        '      - record: "a:b"',
        '        expr: "sum(rate(a{c=\\"d\\"}[5m]))"',
        '      - record: "e"',
        '        expr: "b"',
        '',
      ].join('\n'),
    );
  });
});
