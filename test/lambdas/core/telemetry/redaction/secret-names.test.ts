import { toContextFields, toLogFields } from '../../../../../lambdas/core/telemetry/log-fields';
import { METRICS } from '../../../../../lambdas/core/telemetry/metrics';
import { kindOfName } from '../../../../../lambdas/core/telemetry/redaction/secret-names';
import { aRequestRecord } from '../../../../support/a-request-record';

describe('a name', () => {
  it.each(
    `api_key apikey apiKey API_KEY api-key x-api-key X-Goog-Api-Key anthropic_api_key api.key secret secrets clientSecret
     client_secret password Password db_password userPassword passwd pwd passphrase token access_token accessToken
     refresh_token id_token auth_token bearer_token tokenSecret session-token x-amz-security-token authorization
     Authorization proxy-authorization credential credentials awsCredentials private_key privateKey PRIVATE_KEY access_key
     AWS_ACCESS_KEY_ID secret_key secretAccessKey SECRET_KEY cookie Cookie set-cookie pepper jwt signature accountKey
     signing_key encryption-key sharedAccessKey password_hash secret_id access_tokens spring.datasource.password`.split(
      /\s+/,
    ),
  )('such as %s names a secret', (name) => {
    expect(kindOfName(name)).toBe('secret');
  });

  it.each([
    ['phone', 'phone'],
    ['phoneNumber', 'phone'],
    ['home_phone', 'phone'],
    ['ssn', 'ssn'],
    ['social_security_number', 'ssn'],
    ['creditCard', 'credit_card'],
    ['card_number', 'credit_card'],
    ['email', 'email'],
    ['userEmail', 'email'],
  ])('such as %s names personal data', (name, kind) => {
    expect(kindOfName(name)).toBe(kind);
  });

  it.each(
    `input_tokens output_tokens total_tokens max_tokens maxTokens tokens tokens_used used_tokens tokens_per_minute
     token_count tokenCount max_token token_type tokenType token_limit token_bucket prompt_tokens completion_tokens
     cached_tokens cache_read_tokens reasoning_tokens time_to_first_token_ms inter_token_seconds time_per_output_token
     cost_per_token key key_id keyId cache_key partition_key primary_key public_key idempotency_key keys keyboard monkey
     secretary tokenizer tokenized author authority authentication passwordless password_policy password_expires_at
     secret_arn secret_name PEPPER_SECRET_ARN token_expires cookie_count has_password_enabled email_count
     mobile_app phone_model passenger compass broken signal`.split(/\s+/),
  )('such as %s names none', (name) => {
    expect(kindOfName(name)).toBeUndefined();
  });

  it('that the gateway logs or measures names none', () => {
    const record = aRequestRecord();
    const context = { ...record, sessionId: 's', traceId: '5759e988bd862e3fe1be46a994272793' };
    const names = [...Object.keys(METRICS), ...Object.keys({ ...toContextFields(context), ...toLogFields(record) })];

    expect(names.filter((name) => kindOfName(name) !== undefined)).toEqual([]);
  });

  it('of any length is judged by its end', () => {
    expect(kindOfName(`${'a_'.repeat(50_000)}password`)).toBe('secret');
    expect(kindOfName(`password${'_a'.repeat(50_000)}`)).toBeUndefined();
  });
});
