import { toJsonErrorAnswer, toRefusals } from '../error-documents';
import type { FaultInjector } from '../faults/create-faults';
import type { MeterKeeper } from '../meter/create-meter';
import type { Principal } from '../principal';
import type { AwsService } from '../service';
import { createImages } from './images';
import type { LocalDatabase } from './local-database';
import { createReadItemCall } from './read-item-call';
import { isItemOperation } from './read-parts';
import { createReadTableCall } from './read-table-call';
import { createTableSchemas } from './table-schemas';

export type DynamoDbDeps = {
  readonly database: LocalDatabase;
  readonly region: string;
  readonly accountId: string;
  readonly faults: FaultInjector;
  readonly meter: MeterKeeper;
};

/** DynamoDB and its streams: DynamoDB Local behind IAM, a meter and faults. */
export const createDynamoDb = (deps: DynamoDbDeps): AwsService => {
  const schemas = createTableSchemas(deps.database);
  const images = createImages(deps.database);
  const readItemCall = createReadItemCall({ ...deps, schemas, images });
  const readTableCall = createReadTableCall({ ...deps, schemas });
  return {
    name: 'dynamodb',
    read: async (incoming, principal: Principal) => {
      const target = String(incoming.headers['x-amz-target'] ?? '');
      const operation = target.slice(target.indexOf('.') + 1);
      const body = await incoming.readBody();
      return isItemOperation(operation)
        ? readItemCall({ target, operation, body, principal })
        : readTableCall({ target, operation, body });
    },
    toErrorAnswer: toJsonErrorAnswer('application/x-amz-json-1.0', 'com.amazonaws.dynamodb.v20120810#'),
    refusals: REFUSALS,
  };
};

const REFUSALS = toRefusals({
  throttled: {
    code: 'ProvisionedThroughputExceededException',
    status: 400,
    message: 'The level of configured provisioned throughput for the table was exceeded.',
  },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 400,
    message: 'The security token included in the request is invalid.',
  },
  internal: { code: 'InternalServerError', status: 500 },
  denied: { code: 'AccessDeniedException', status: 400 },
});
