import { readRuleFiles, readWorkspaces } from '../../../local/assembly/read-workspaces';
import { resourcesOf } from './a-template';

const aWorkspace = (properties: object = {}) => ({ Type: 'AWS::APS::Workspace', Properties: properties });

describe('a Managed Prometheus workspace', () => {
  it('has the names that its references give', () => {
    const resources = resourcesOf({ Metrics: aWorkspace({ Alias: 'metrics' }) });

    const [workspace] = readWorkspaces(resources);

    expect(workspace?.id).toMatch(/^ws-[0-9a-f]{32}$/);
    expect(workspace?.arn).toBe(`arn:aws:aps:eu-west-1:123456789012:workspace/${workspace?.id}`);
    expect(resources.attribute('Metrics', 'PrometheusEndpoint')).toBe(
      `https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${workspace?.id}/`,
    );
  });

  it.each([
    [{}, 60],
    [{ WorkspaceConfiguration: { RetentionPeriodInDays: 90 } }, 60],
    [{ WorkspaceConfiguration: { OutOfOrderTimeWindowInSeconds: 0 } }, 0],
  ])('%j takes samples that are %d seconds late', (properties, seconds) => {
    expect(readWorkspaces(resourcesOf({ Metrics: aWorkspace(properties) }))).toMatchObject([
      { outOfOrderSeconds: seconds },
    ]);
  });

  it('with a property that changes what it takes is an error', () => {
    const resources = resourcesOf({ Metrics: aWorkspace({ WorkspaceConfiguration: { LimitsPerLabelSets: [] } }) });

    expect(() => readWorkspaces(resources)).toThrow(/cannot run Metrics.*LimitsPerLabelSets/);
  });

  it('has rule files', () => {
    const rules = { Workspace: { Ref: 'Metrics' }, Name: 'fluxgate', Data: 'groups: []' };
    const resources = resourcesOf({
      Metrics: aWorkspace(),
      Rules: { Type: 'AWS::APS::RuleGroupsNamespace', Properties: rules },
    });

    expect(readRuleFiles(resources)).toEqual(['groups: []']);
  });
});
