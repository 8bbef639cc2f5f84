/** What IAM is asked: may this action be done to this resource, under these circumstances? */
export type Access = {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  /** The values of the condition keys that the call carries, by the names of `CONDITION_KEYS`. */
  readonly context: ConditionContext;
};

export type ConditionContext = Readonly<Partial<Record<ConditionKey, string | readonly string[]>>>;

/** Every condition key whose value, or absence, the proxy knows. A policy that uses another one fails loudly. */
export const CONDITION_KEYS = [
  'aws:RequestedRegion',
  'aws:PrincipalAccount',
  'aws:ResourceAccount',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'bedrock:InferenceProfileArn',
  'dynamodb:LeadingKeys',
  'dynamodb:EnclosingOperation',
  's3:prefix',
  's3:delimiter',
  'secretsmanager:VersionStage',
] as const;

export type ConditionKey = (typeof CONDITION_KEYS)[number];
