import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { explainAwsError } from './explain-aws-error';
import type { Target } from './target';
import { UsageError } from './usage-error';

const OUTPUT = 'ManagementFunctionName';

/** The management function of a deployed stack, found with the user's own AWS configuration. Throws `UsageError`. */
export const findDeployedStack = async (stack: string, region: string | undefined): Promise<Target> => {
  const client = { region };
  const cloudFormation = new CloudFormationClient(client);
  const answer = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    throw explainAwsError(cause, `The stack ${stack} could not be read`);
  });
  const functionName = answer.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === OUTPUT)?.OutputValue;
  if (!functionName) {
    throw new UsageError(
      `The stack ${stack} has no output ${OUTPUT}: it is not a Fluxgate stack, or its deployment is not finished.`,
    );
  }
  return { functionName, client };
};
