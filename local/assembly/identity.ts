import { createHash } from 'node:crypto';
import { type Place, toArn } from './place';

/** What CloudFormation gives a resource once it exists. */
export type Identity = {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
};

type Naming = {
  readonly logicalId: string;
  /** The property by which a template fixes the name, when it holds plain text. */
  readonly given: (property: string) => string | undefined;
  readonly place: Place;
};

/** The shortest of the limits: that of bucket names. */
const NAME_LIMIT = 63;

/** Always the same for the same template, so that kept data is found again. */
const toName = ({ logicalId, place }: Naming): string => {
  const name = `${place.stackName}-${logicalId}`;
  // The end of a logical id is a hash of its path: it keeps shortened names apart.
  return name.length <= NAME_LIMIT ? name : `${name.slice(0, NAME_LIMIT - 8)}${name.slice(-8)}`;
};

const toId = ({ logicalId, place }: Naming, length: number): string =>
  createHash('sha256').update(`${place.stackName}/${logicalId}`).digest('hex').slice(0, length);

/** Resources whose `Ref` is their name and whose only attribute is their ARN. */
const named =
  (service: string, nameProperty: string, toResource: (name: string) => string) =>
  (naming: Naming): Identity => {
    const name = naming.given(nameProperty) ?? toName(naming);
    return { ref: name, attributes: { Arn: toArn(naming.place, service, toResource(name)) } };
  };

const globalArn = (service: string, resource: string): string => `arn:aws:${service}:::${resource}`;

const table = (naming: Naming): Identity => {
  const name = naming.given('TableName') ?? toName(naming);
  const arn = toArn(naming.place, 'dynamodb', `table/${name}`);
  return { ref: name, attributes: { Arn: arn, StreamArn: `${arn}/stream/local` } };
};

const role = (naming: Naming): Identity => {
  const name = naming.given('RoleName') ?? toName(naming);
  return { ref: name, attributes: { Arn: `arn:aws:iam::${naming.place.accountId}:role/${name}` } };
};

const secret = (naming: Naming): Identity => {
  const name = naming.given('Name') ?? toName(naming);
  const arn = toArn(naming.place, 'secretsmanager', `secret:${name}-${toId(naming, 6)}`);
  return { ref: arn, attributes: { Id: arn } };
};

const bucket = (naming: Naming): Identity => {
  const name = naming.given('BucketName') ?? toName(naming).toLowerCase();
  return { ref: name, attributes: { Arn: globalArn('s3', name) } };
};

const restApi = (naming: Naming): Identity => {
  const id = toId(naming, 10);
  return { ref: id, attributes: { RestApiId: id, RootResourceId: toId(naming, 12).slice(2) } };
};

const key = (naming: Naming): Identity => {
  const id = toId(naming, 32);
  return { ref: id, attributes: { KeyId: id, Arn: toArn(naming.place, 'kms', `key/${id}`) } };
};

const workspace = (naming: Naming): Identity => {
  const workspaceId = `ws-${toId(naming, 32)}`;
  const arn = toArn(naming.place, 'aps', `workspace/${workspaceId}`);
  const endpoint = `https://aps-workspaces.${naming.place.region}.amazonaws.com/workspaces/${workspaceId}/`;
  return { ref: arn, attributes: { Arn: arn, WorkspaceId: workspaceId, PrometheusEndpoint: endpoint } };
};

const id = (naming: Naming): Identity => ({ ref: toId(naming, 6), attributes: {} });

const IDENTITIES: Readonly<Record<string, (naming: Naming) => Identity>> = {
  'AWS::APS::Workspace': workspace,
  'AWS::ApiGateway::Deployment': id,
  'AWS::ApiGateway::Resource': id,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Stage': (naming) => ({ ref: naming.given('StageName') ?? 'local', attributes: {} }),
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Rule': named('events', 'Name', (name) => `rule/${name}`),
  'AWS::IAM::Role': role,
  'AWS::KMS::Key': key,
  'AWS::Lambda::Function': named('lambda', 'FunctionName', (name) => `function:${name}`),
  'AWS::Logs::LogGroup': named('logs', 'LogGroupName', (name) => `log-group:${name}:*`),
  'AWS::S3::Bucket': bucket,
  'AWS::SecretsManager::Secret': secret,
};

/** Throws for a type whose identity the local machine does not know how to make. */
export const toIdentity = (type: string, naming: Naming): Identity => {
  const make = IDENTITIES[type];
  if (make === undefined) {
    throw new Error(
      `Something refers to ${naming.logicalId}, and the local machine does not know what a reference to ${type} gives: add it to the identities.`,
    );
  }
  return make(naming);
};
