/** Where a stack stands: what the pseudo parameters of its template stand for. */
export type Place = {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
};

/** The start of an ARN, up to the account. */
export const toArn = ({ region, accountId }: Place, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** What `Ref` gives for the names that need no resource. */
export const toPseudoParameters = (place: Place): Readonly<Record<string, string>> => ({
  'AWS::AccountId': place.accountId,
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::StackId': toArn(place, 'cloudformation', `stack/${place.stackName}/local`),
  'AWS::StackName': place.stackName,
  'AWS::URLSuffix': 'amazonaws.com',
});
