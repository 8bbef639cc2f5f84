import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { AwsError } from '../aws-error';
import { toJsonErrorAnswer, toRefusals } from '../error-documents';
import type { Answer, AwsService, Incoming } from '../service';

export type Secret = { readonly arn: string; readonly name: string; readonly value: string };

type Stored = { arn: string; name: string; value: string; versionId: string; changedAt: number };
type Request = v.InferOutput<typeof request>;

const request = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    SecretId: v.string(),
    VersionStage: v.optional(v.string()),
    SecretString: v.optional(v.string()),
  }),
);

/** Secrets Manager: the current string of each secret, in memory. */
export const createSecretsManager = (initial: readonly Secret[]): AwsService => {
  const secrets = initial.map((secret): Stored => ({ ...secret, versionId: randomUUID(), changedAt: Date.now() }));
  return {
    name: 'secretsmanager',
    read: async (incoming) => {
      const operation = readOperation(incoming);
      const asked = await readRequest(incoming, operation);
      const secret = secrets.find(({ arn, name }) => isNamed(asked.SecretId, arn, name));
      return {
        operation,
        accesses: [
          {
            action: `secretsmanager:${operation}`,
            resource: secret?.arn ?? asked.SecretId,
            context: asked.VersionStage === undefined ? {} : { 'secretsmanager:VersionStage': asked.VersionStage },
          },
        ],
        tables: [],
        keys: [],
        eventuallyConsistent: false,
        perform: async ({ wait }) => {
          await wait();
          if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
          return toAnswer(OPERATIONS[operation](secret, asked));
        },
      };
    },
    toErrorAnswer: toJsonErrorAnswer('application/x-amz-json-1.1', ''),
    refusals: REFUSALS,
  };
};

const OPERATIONS = {
  GetSecretValue: (secret: Stored, { VersionStage = 'AWSCURRENT' }: Request) => {
    if (VersionStage !== 'AWSCURRENT') {
      throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`);
    }
    return { ...toIdentity(secret), SecretString: secret.value, CreatedDate: secret.changedAt / 1000 };
  },
  DescribeSecret: (secret: Stored) => ({
    ARN: secret.arn,
    Name: secret.name,
    LastChangedDate: secret.changedAt / 1000,
    VersionIdsToStages: { [secret.versionId]: ['AWSCURRENT'] },
  }),
  PutSecretValue: (secret: Stored, { SecretString }: Request) => {
    if (SecretString === undefined) throw invalid('The local AWS proxy keeps secrets as a SecretString only.');
    Object.assign(secret, { value: SecretString, versionId: randomUUID(), changedAt: Date.now() });
    return toIdentity(secret);
  },
};

type Operation = keyof typeof OPERATIONS;

const isOperation = (name: string): name is Operation => Object.hasOwn(OPERATIONS, name);

const readOperation = ({ headers }: Incoming): Operation => {
  const target = String(headers['x-amz-target'] ?? '');
  const name = target.startsWith('secretsmanager.') ? target.slice('secretsmanager.'.length) : '';
  if (isOperation(name)) return name;
  throw new AwsError({
    code: 'UnknownOperationException',
    status: 400,
    message: `The local AWS proxy does not have the Secrets Manager operation ${target || '(none named)'}.`,
  });
};

const readRequest = async (incoming: Incoming, operation: string): Promise<Request> => {
  const read = v.safeParse(request, (await incoming.readBody()).toString());
  if (!read.success) throw invalid(`The local AWS proxy cannot read this ${operation}.`);
  return read.output;
};

/** A secret is named by its name, its ARN, or its ARN without the six random characters at the end. */
const isNamed = (id: string, arn: string, name: string): boolean =>
  id === name || id === arn || id === arn.replace(/-[A-Za-z0-9]{6}$/, '');

const toIdentity = (secret: Stored) => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: secret.versionId,
  VersionStages: ['AWSCURRENT'],
});

const toAnswer = (document: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
  body: Buffer.from(JSON.stringify(document)),
});

const notFound = (message: string) => new AwsError({ code: 'ResourceNotFoundException', status: 400, message });
const invalid = (message: string) => new AwsError({ code: 'InvalidRequestException', status: 400, message });

const REFUSALS = toRefusals({
  throttled: { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 400,
    message: 'The security token included in the request is invalid.',
  },
  internal: { code: 'InternalServiceError', status: 500 },
  denied: { code: 'AccessDeniedException', status: 400 },
});
