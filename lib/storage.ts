import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { toPrivateBucket } from './private-bucket';
import type { Settings } from './settings';

const partitionKey = { name: 'pk', type: AttributeType.STRING };
const sortKey = { name: 'sk', type: AttributeType.STRING };
const timeToLiveAttribute = 'expiresAt';

export type StorageProps = {
  settings: Settings;
  /** @default keys that AWS manages, which cost nothing */
  encryptionKey?: IKey;
};

/** Everything that outlives a deployment: the only stateful construct. */
export class Storage extends Construct {
  readonly keys: Table;
  readonly limits: Table;
  readonly ledger: Table;
  readonly cache: Table;
  readonly counters: Table;
  readonly pepper: Secret;
  readonly failures: Bucket;

  constructor(scope: Construct, id: string, { settings, encryptionKey }: StorageProps) {
    super(scope, id);
    const removalPolicy = settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const table = (tableId: string, props: Partial<TableProps> = {}) =>
      new Table(this, tableId, {
        partitionKey,
        ...props,
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: encryptionKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.AWS_MANAGED,
        encryptionKey,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: settings.deletionProtection,
        removalPolicy,
      });

    this.keys = table('Keys');
    this.keys.addGlobalSecondaryIndex({
      indexName: 'byAccount',
      partitionKey: { name: 'accountId', type: AttributeType.STRING },
      sortKey: partitionKey,
    });
    this.limits = table('Limits');
    this.ledger = table('Ledger', { sortKey, timeToLiveAttribute, stream: StreamViewType.NEW_IMAGE });
    this.cache = table('Cache', { timeToLiveAttribute });
    this.counters = table('Counters', { sortKey, timeToLiveAttribute });
    this.pepper = this.createPepper(removalPolicy, encryptionKey);
    this.failures = this.createFailures(settings.failureRetentionDays, removalPolicy, encryptionKey);
  }

  private createPepper(removalPolicy: RemovalPolicy, encryptionKey: IKey | undefined): Secret {
    const pepper = new Secret(this, 'Pepper', {
      description: 'The peppers of the API key hashes, by version, and which one is current.',
      encryptionKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: '1' }),
        generateStringKey: '1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy,
    });
    acknowledge(pepper, {
      SMG4: 'A pepper is rotated by adding a version beside the old one: replacing it would kill every key at once.',
    });
    return pepper;
  }

  private createFailures(retentionDays: number, removalPolicy: RemovalPolicy, encryptionKey: IKey | undefined): Bucket {
    const failures = new Bucket(this, 'Failures', {
      ...toPrivateBucket(encryptionKey),
      lifecycleRules: [
        { expiration: Duration.days(retentionDays), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy,
    });
    acknowledge(failures, {
      S1: 'Two functions use this bucket and both write logs; access logs would need a second bucket that has none.',
    });
    return failures;
  }
}
