import * as v from 'valibot';

const templateSchema = v.looseObject({ Resources: v.record(v.string(), v.looseObject({ Type: v.string() })) });
export type Template = v.InferOutput<typeof templateSchema>;

export const readTemplate = (text: string): Template => v.parse(templateSchema, JSON.parse(text));

/** What the emulated CloudFormation passes over, by resource type, with what the run does not prove because of it. */
export const EMULATOR_GAPS: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::Secret': 'that the pepper is generated; it is left out, and references to it get a made-up ARN',
  'AWS::APS::Workspace':
    'that there is a workspace of Managed Prometheus; it is left out, and its attributes are made up',
  'AWS::APS::RuleGroupsNamespace': 'that Managed Prometheus takes the recording rules; promtool reads them elsewhere',
  'AWS::S3::BucketPolicy': 'that the failures bucket refuses plain HTTP',
  'AWS::Lambda::EventInvokeConfig': 'that a failed run of a schedule is not repeated',
  'AWS::Logs::QueryDefinition': 'that the saved queries are there',
  'AWS::XRay::SamplingRule': 'that traces are sampled at the rate that is set',
  'AWS::XRay::Group': 'that saved searches of traces are there, and that X-Ray takes their filters',
  'AWS::ApiGateway::Account': 'that API Gateway may write logs',
  'AWS::ApiGateway::GatewayResponse': "that API Gateway's own errors have the API's shape",
  'AWS::ApiGateway::Stage':
    'that the stage throttles, traces and logs accesses; the URL ends in None instead of its name',
};

/** What no run against an emulator proves, whatever resources it creates. */
export const OTHER_GAPS: readonly string[] = [
  'change sets: the emulator fails to execute them, so the deployment is direct',
  'time to live of tables and architecture of functions: the emulated CloudFormation does not set them',
  'permissions: the emulator allows every call; the local machine checks the roles instead',
  'the archive of logs: the emulator knows neither Firehose nor subscription filters, and dev has no archive',
  'running the functions, streaming answers, schedules and the stream mapping: the local machine does that',
];

/** Left out of the template, because a reference to a resource that was passed over does not resolve; and what stands for it. */
const STAND_INS: Readonly<Record<string, { ref: string; attributes: Readonly<Record<string, string>> }>> = {
  'AWS::SecretsManager::Secret': {
    ref: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:left-out-for-the-emulator',
    attributes: {},
  },
  'AWS::APS::Workspace': {
    ref: 'arn:aws:aps:us-east-1:123456789012:workspace/ws-left-out',
    attributes: {
      Arn: 'arn:aws:aps:us-east-1:123456789012:workspace/ws-left-out',
      PrometheusEndpoint: 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-left-out/',
    },
  },
};

const reference = v.strictObject({ Ref: v.string() });
const attribute = v.strictObject({ 'Fn::GetAtt': v.tuple([v.string(), v.string()]) });

/** The template without what cannot be referred to in the emulator. */
export const withoutUnresolvable = (template: Template): Template => {
  const standInOf = (id: string) => STAND_INS[template.Resources[id]?.Type ?? ''];
  const resources = Object.entries(template.Resources).filter(([id]) => standInOf(id) === undefined);
  const replaceReferences = (_key: string, value: unknown): unknown => {
    if (v.is(reference, value)) return standInOf(value.Ref)?.ref ?? value;
    if (!v.is(attribute, value)) return value;
    const [id, name] = value['Fn::GetAtt'];
    return standInOf(id)?.attributes[name] ?? value;
  };
  return readTemplate(JSON.stringify({ ...template, Resources: Object.fromEntries(resources) }, replaceReferences));
};
