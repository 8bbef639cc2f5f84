import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GatewayEnv } from '../lambdas/gateway/env';
import { addAdot } from './adot';
import { allowBedrock } from './bedrock-access';
import { bedrockPlace } from './bedrock-place';
import { commonEnvironment, SERVICE } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowReadOfPepper } from './pepper-grant';
import { allowOnTable } from './table-grants';

/** The function that answers every model route, and what it may touch. */
export class Gateway extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    const place = bedrockPlace(this, settings);
    this.function = new NodeFunction(this, 'Function', {
      folder: 'gateway',
      description: 'Answers the model routes: keys, limits, cache, providers, ledger.',
      memorySize: settings.gatewayMemoryMb,
      timeout: Duration.minutes(settings.gatewayTimeoutMinutes),
      reservedConcurrentExecutions: settings.reservedConcurrency,
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        KEYS_TABLE: storage.keys.tableName,
        LIMITS_TABLE: storage.limits.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        CACHE_TABLE: storage.cache.tableName,
        PEPPER_SECRET_ARN: storage.pepper.secretArn,
        DEFAULT_MAX_OUTPUT_TOKENS: String(settings.defaultMaxOutputTokens),
        MIN_OUTPUT_TOKENS: String(settings.minOutputTokens),
        KEY_CACHE_SECONDS: String(settings.keyCacheSeconds),
        CACHE_TTL_SECONDS: String(settings.cacheTtlSeconds),
        LEDGER_RETENTION_DAYS: String(settings.ledgerRetentionDays),
        PROVIDER_TIMEOUT_SECONDS: String(settings.providerTimeoutSeconds),
        BEDROCK_REGION: place.region,
        BEDROCK_PROFILE: place.profile,
      } satisfies GatewayEnv,
    });

    if (settings.tracing === 'adot') addAdot(this.function, SERVICE, context);
    allowOnTable(this.function, storage.keys, ['GetItem']);
    allowOnTable(this.function, storage.limits, ['UpdateItem']);
    allowOnTable(this.function, storage.ledger, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
    allowOnTable(this.function, storage.cache, ['GetItem', 'PutItem']);
    allowReadOfPepper(this.function, storage.pepper);
    allowBedrock(this, this.function, place);
  }
}
