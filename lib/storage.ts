import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Settings } from './settings';

const partitionKey = { name: 'pk', type: AttributeType.STRING };
const sortKey = { name: 'sk', type: AttributeType.STRING };
const timeToLiveAttribute = 'expiresAt';

/** Everything that outlives a deployment. */
export class Storage extends Construct {
  readonly keys: Table;
  readonly limits: Table;
  readonly ledger: Table;
  readonly cache: Table;
  readonly counters: Table;
  readonly pepper: Secret;
  readonly failures: Bucket;

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const removalPolicy = settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const table = (tableId: string, props: Partial<TableProps> = {}) =>
      new Table(this, tableId, {
        partitionKey,
        ...props,
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: TableEncryption.AWS_MANAGED,
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
    this.pepper = new Secret(this, 'Pepper', {
      description: 'The peppers of the API key hashes, by version, and which one is current.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: '1' }),
        generateStringKey: '1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy,
    });
    this.failures = new Bucket(this, 'Failures', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(settings.failureRetentionDays) }],
      removalPolicy,
    });
  }
}
