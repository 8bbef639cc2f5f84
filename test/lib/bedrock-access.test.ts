import { MODELS } from '../../lambdas/core/models/catalogue';
import { type Route, routesTo } from '../../lambdas/core/models/routes';
import { type Statement, statementsOf } from './statements';
import { synthesise } from './synthesise';

/** An inline policy may hold this many characters, white space not counted. */
const POLICY_LIMIT = 10_240;

/** Stands for the names that AWS gives the resources of the stack when the policy is measured. */
const NAMED = 'arn:aws:dynamodb:ap-southeast-2:123456789012:table/Fluxgate-prod-StorageCounters147FAC27-1ABCDEFGHIJKL';

const isBedrock = ({ actions }: Statement): boolean => actions.some((action) => action.startsWith('bedrock:'));

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(text);

type Request = { resource: string; profile?: string; requestedRegion?: string };

const isAllowed = (statements: readonly Statement[], { resource, profile, requestedRegion }: Request): boolean =>
  statements.some(({ resources, conditions }) => {
    const through = conditions.StringLike?.['bedrock:InferenceProfileArn'];
    const region = conditions.StringEquals?.['aws:RequestedRegion'];
    return (
      resources.some((pattern) => matches(pattern, resource)) &&
      (!through || (profile !== undefined && through.some((pattern) => matches(pattern, profile)))) &&
      (!region || region.includes(requestedRegion ?? ''))
    );
  });

const foundation = (region: string, model: string) => `arn:aws:bedrock:${region}::foundation-model/${model}`;
const profileArn = (region: string, id: string) => `arn:aws:bedrock:${region}:<AWS::AccountId>:inference-profile/${id}`;

/** What AWS asks about one call: the profile, then the model in every Region to which the profile may send it. */
const requestsOf = (region: string, neighbour: string, model: string, { providerModelId, scope }: Route): Request[] => {
  const profile = profileArn(region, providerModelId);
  const regional = { resource: foundation(region, model), profile, requestedRegion: region };
  if (scope === 'region') return [{ resource: foundation(region, model), requestedRegion: region }];
  if (scope === 'geo')
    return [{ resource: profile }, regional, { ...regional, resource: foundation(neighbour, model) }];
  return [
    { resource: profile },
    regional,
    { resource: foundation('', model), profile, requestedRegion: 'unspecified' },
  ];
};

describe.each([
  { region: 'us-east-1', neighbour: 'us-west-2', profile: 'us' },
  { region: 'eu-central-1', neighbour: 'eu-north-1', profile: 'eu' },
  { region: 'ap-northeast-1', neighbour: 'ap-northeast-3', profile: 'jp' },
  { region: 'sa-east-1', neighbour: 'us-east-1', profile: 'global' },
])('the gateway in $region', ({ region, neighbour, profile }) => {
  const template = synthesise({ region });
  const role = statementsOf(template, 'Gateway');
  const statements = role.filter(isBedrock);
  const routes = MODELS.flatMap((model) =>
    routesTo(model, { region, profile }).map((route) => ({ model: model.providerModelId, route })),
  );

  it('prefers the profiles of its geography', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { BEDROCK_REGION: region, BEDROCK_PROFILE: profile } },
    });
  });

  it('may call every model of the catalogue in every way that the catalogue routes to it', () => {
    const refused = routes
      .flatMap(({ model, route }) => requestsOf(region, neighbour, model, route))
      .filter((request) => !isAllowed(statements, request));

    expect(routes).not.toHaveLength(0);
    expect(refused).toEqual([]);
  });

  it('may not call a model abroad but through a profile, nor a profile that is not in the catalogue', () => {
    const abroad = routes.map(({ model }) => ({ resource: foundation(neighbour, model), requestedRegion: neighbour }));
    const strange = { resource: profileArn(region, `${profile}.vendor.model-v1:0`) };

    expect([...abroad, strange].filter((request) => isAllowed(statements, request))).toEqual([]);
  });

  it('may invoke models and nothing else', () => {
    for (const { actions } of statements) {
      expect(actions).toEqual(['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']);
    }
  });

  it('fits all of it into the policy of one role', () => {
    const policy = JSON.stringify(role);
    const measured = policy.replaceAll('<AWS::AccountId>', '123456789012').replace(/<[\w.]+>/g, NAMED);

    expect(measured.length).toBeLessThan(POLICY_LIMIT);
  });
});

it('calls Bedrock in another Region when told to', () => {
  const template = synthesise({ region: 'eu-west-1', settings: { bedrockRegion: 'us-west-2' } });

  const statements = statementsOf(template, 'Gateway').filter(isBedrock);

  expect(isAllowed(statements, { resource: profileArn('us-west-2', 'us.amazon.nova-lite-v1:0') })).toBe(true);
  expect(isAllowed(statements, { resource: profileArn('eu-west-1', 'eu.amazon.nova-lite-v1:0') })).toBe(false);
});
