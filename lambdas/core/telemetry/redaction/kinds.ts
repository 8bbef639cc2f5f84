/**
 * What is recognised. `credential`: lets its holder in; always redacted, in full. `identity`: numbers of people and machines; in
 * full. `contact`: may be shown in part, where the deployment asks for it.
 */
export const KINDS = {
  gateway_key: 'credential',
  anthropic_key: 'credential',
  openai_key: 'credential',
  aws_access_key: 'credential',
  aws_secret_key: 'credential',
  bedrock_key: 'credential',
  github_token: 'credential',
  gitlab_token: 'credential',
  slack_token: 'credential',
  google_key: 'credential',
  stripe_key: 'credential',
  api_key: 'credential',
  bearer_token: 'credential',
  basic_credentials: 'credential',
  json_web_token: 'credential',
  private_key: 'credential',
  secret: 'credential',
  credit_card: 'identity',
  ssn: 'identity',
  ip_address: 'identity',
  email: 'contact',
  phone: 'contact',
} as const;

export type Kind = keyof typeof KINDS;

export const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name);
