import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeployError } from './deploy-error';

export type Account = {
  /** Undefined when the credentials may not look at the bootstrap stack: they may still be allowed to deploy. */
  accountId: string | undefined;
  region: string;
};

const SIGN_IN = 'Sign in again (aws login, aws sso login) or renew the keys, then run this again.';

/** What the SDK calls the causes that a user can put right. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'No AWS credentials were found. Run aws configure, or set AWS_PROFILE. To try Fluxgate without an account: npm start.',
  ExpiredToken: `The AWS credentials have expired. ${SIGN_IN}`,
  ExpiredTokenException: `The AWS credentials have expired. ${SIGN_IN}`,
  InvalidClientTokenId: `AWS does not know these credentials. ${SIGN_IN}`,
  SignatureDoesNotMatch: `AWS does not accept the secret of these credentials. ${SIGN_IN}`,
};

/**
 * The account and Region that the AWS configuration of this machine points at, once they are ready for the CDK.
 * Throws a `DeployError` in one sentence or two when there are no credentials, no Region or no bootstrap stack.
 */
export const findAccount = async (config: CloudFormationClientConfig = {}): Promise<Account> => {
  const client = new CloudFormationClient(config);
  await client.config.credentials().catch((cause: unknown) => {
    throw explain(cause);
  });
  const region = await client.config.region().catch((cause: unknown) => {
    throw new DeployError('No AWS Region is set. Set AWS_REGION, such as AWS_REGION=us-east-1.', { cause });
  });
  const request = new DescribeStacksCommand({ StackName: 'CDKToolkit' });
  const answer = await client.send(request).catch((cause: unknown) => {
    if (isDenied(cause)) return undefined;
    throw doesNotExist(cause) ? notBootstrapped(region, cause) : explain(cause);
  });
  return { accountId: answer?.Stacks?.[0]?.StackId?.split(':')[4], region };
};

/** AWS knows the caller and does not allow the call. */
const isDenied = (cause: unknown): boolean => cause instanceof Error && cause.name.startsWith('AccessDenied');

const doesNotExist = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'ValidationError' && cause.message.includes('does not exist');

const explain = (cause: unknown): DeployError => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new DeployError(ADVICE[name] ?? `AWS could not be asked: ${message}`, { cause });
};

const notBootstrapped = (region: string, cause: unknown): DeployError =>
  new DeployError(
    `This account is not prepared for the CDK in ${region}. Run npx cdk bootstrap once, then this again.`,
    {
      cause,
    },
  );
