import { BASE64, DOTTED_TOKEN, TOKEN, WORD } from './character-classes';
import type { Kind } from './kinds';

/** A key that tells by its first characters whose it is. */
export type KeyPrefix = {
  prefix: string;
  kind: Kind;
  /** How many characters come after the prefix, at least. */
  least: number;
  /** The class of characters that its body is made of. */
  characters: number;
  /** What such a key looks like even when its body is a word: somebody may have chosen it. */
  chosen?: RegExp;
};

const of = (kind: Kind, prefixes: readonly string[], least = 16, characters = TOKEN): KeyPrefix[] =>
  prefixes.map((prefix) => ({ prefix, kind, least, characters }));

/** Where one prefix begins another, the longer one comes first. */
export const KEY_PREFIXES: readonly KeyPrefix[] = [
  { prefix: 'fg_', kind: 'gateway_key', least: 10, characters: WORD, chosen: /^[0-9A-Za-z]+_[0-9A-Za-z]{8,}$/ },
  ...of('anthropic_key', ['sk-ant-']),
  ...of('openai_key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-'], 16),
  ...of('aws_access_key', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], 12, WORD),
  ...of('bedrock_key', ['ABSK'], 32, BASE64),
  ...of('bedrock_key', ['bedrock-api-key-'], 16, BASE64),
  ...of('github_token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], 20),
  ...of('gitlab_token', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-']),
  ...of('slack_token', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xapp-'], 10),
  ...of('slack_token', ['hooks.slack.com/services/'], 16, BASE64),
  ...of('google_key', ['AIza'], 30),
  ...of('google_key', ['GOCSPX-']),
  ...of('google_key', ['ya29.'], 16, DOTTED_TOKEN),
  ...of('stripe_key', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_']),
  ...of('api_key', ['gsk_', 'hf_', 'npm_', 'r8_', 'lsv2_', 'dop_v1_', 'shpat_', 'shpss_', 'lin_api_', 'glsa_'], 20),
  ...of('api_key', ['xai-', 'pplx-', 'nvapi-', 'tvly-', 'pypi-', 'PMAK-'], 20),
  ...of('api_key', ['SG.', 'hvs.', 'hvb.'], 20, DOTTED_TOKEN),
];
