import { GetAccountSettingsCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { DeployError } from './deploy-error';

/** AWS keeps this many executions of an account unreserved; the stack reserves one more. */
const KEPT_UNRESERVED = 10;

/**
 * Throws a `DeployError` when the account is so new that one reserved execution is too many: CloudFormation would say
 * so only after minutes. When the account cannot be asked, `warn` hears why and the deployment decides.
 */
export const checkConcurrency = async (
  warn: (line: string) => void,
  config: LambdaClientConfig = {},
): Promise<void> => {
  const request = new GetAccountSettingsCommand({});
  const answer = await new LambdaClient(config).send(request).catch((cause: unknown) => {
    warn(`The account's quota of concurrent executions could not be read (${cause}); going on without.`);
  });
  const executions = answer?.AccountLimit?.ConcurrentExecutions;
  if (executions === undefined || executions > KEPT_UNRESERVED) return;
  throw new DeployError(
    `This account may run ${executions} functions at once, too few to reserve one. Add -c settings='{"sweeperConcurrency":"shared"}', or ask AWS for a higher quota of concurrent executions.`,
  );
};
