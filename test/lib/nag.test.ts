import { type App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Deployment, withApp } from './synthesise';

/** Findings of the AwsSolutions pack that nobody has given a reason for, as `rule at path`. */
const findings = (app: App): string[] =>
  new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

const DEPLOYMENTS: Deployment[] = [
  { stage: 'dev' },
  { stage: 'prod' },
  { stage: 'prod', region: 'ap-northeast-1', settings: { encryption: 'customer-managed', tracing: 'off' } },
  { stage: 'prod', settings: { bedrockProfile: 'global', apiGatewayLogRole: 'existing', tracing: 'adot' } },
];

describe('cdk-nag', () => {
  it.each(DEPLOYMENTS)('finds nothing without a reason in %j', (deployment) => {
    expect(withApp(deployment, findings)).toEqual([]);
  });

  it('would find a bucket that is open to plain HTTP', () => {
    const found = withApp({}, (app) => {
      const stack = app.node.children.find(Stack.isStack);
      new Bucket(stack ?? app, 'Careless');
      return findings(app);
    });

    expect(found).toContainEqual(expect.stringMatching(/S10 at Fluxgate-dev.Careless/));
  });
});
