import { GetAccountSettingsCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { DeployError } from './deploy-error';

/** AWS keeps this many executions of an account unreserved. */
const KEPT_UNRESERVED = 10;

/** Settings by which functions reserve one execution each, and what makes them do without. */
const RESERVING = ['sweeperConcurrency', 'remoteWriterConcurrency'] as const;

type Reserving = Readonly<Record<(typeof RESERVING)[number], 'reserved' | 'shared'>>;

/**
 * Throws a `DeployError` when the account is so new that the reserved executions are too many: CloudFormation would say
 * so only after minutes. When the account cannot be asked, `warn` hears why and the deployment decides.
 */
export const checkConcurrency = async (
  settings: Reserving,
  warn: (line: string) => void,
  config: LambdaClientConfig = {},
): Promise<void> => {
  const reserving = RESERVING.filter((name) => settings[name] === 'reserved');
  if (reserving.length === 0) return;
  const request = new GetAccountSettingsCommand({});
  const answer = await new LambdaClient(config).send(request).catch((cause: unknown) => {
    warn(`The account's quota of concurrent executions could not be read (${cause}); going on without.`);
  });
  const executions = answer?.AccountLimit?.ConcurrentExecutions;
  if (executions === undefined || executions >= KEPT_UNRESERVED + reserving.length) return;
  const shared = JSON.stringify(Object.fromEntries(reserving.map((name) => [name, 'shared'])));
  throw new DeployError(
    `This account may run ${executions} functions at once, too few to reserve ${reserving.length}. Add -c settings='${shared}', or ask AWS for a higher quota of concurrent executions.`,
  );
};
