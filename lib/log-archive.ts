import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscriptionFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, everyObjectOf } from './acknowledge';
import { toPrivateBucket } from './private-bucket';
import type { Settings } from './settings';

export type LogArchiveProps = {
  settings: Settings;
  /** @default keys that AWS manages */
  encryptionKey?: IKey;
};

/** Lines that are younger are read in CloudWatch. */
const COLD_AFTER_DAYS = 30;

/** Objects of about ten minutes of lines, one line of JSON each. */
const BUFFERING = { intervalInSeconds: 600, sizeInMBs: 64 };

/**
 * Keeps log lines in a bucket, by day, and removes them by its lifecycle: what log rotation is elsewhere. Costs nothing
 * while nothing is logged.
 */
export class LogArchive extends Construct {
  readonly bucket: Bucket;
  private readonly stream: CfnDeliveryStream;
  private readonly subscriber: Role;

  constructor(scope: Construct, id: string, { settings, encryptionKey }: LogArchiveProps) {
    super(scope, id);
    this.bucket = this.createBucket(settings, encryptionKey);
    this.stream = this.createStream();
    this.subscriber = this.createSubscriber();
  }

  /** Sends every line of a log group to the archive from now on. */
  add(logGroup: ILogGroup): void {
    const filter = new CfnSubscriptionFilter(logGroup, 'Archive', {
      logGroupName: logGroup.logGroupName,
      filterPattern: '',
      destinationArn: this.stream.attrArn,
      roleArn: this.subscriber.roleArn,
    });
    // CloudWatch sends a trial line when the filter is made.
    filter.node.addDependency(this.subscriber);
  }

  private createBucket(settings: Settings, encryptionKey: IKey | undefined): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      ...toPrivateBucket(encryptionKey),
      lifecycleRules: [
        {
          transitions: [
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(COLD_AFTER_DAYS) },
          ],
          expiration: Duration.days(settings.logArchiveRetentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(bucket, { S1: 'One stream writes here; access logs would need a second bucket that has none.' });
    return bucket;
  }

  private createStream(): CfnDeliveryStream {
    const bucketActions = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
    const role = new Role(this, 'DeliveryRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com'),
      inlinePolicies: {
        deliver: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: bucketActions, resources: [this.bucket.bucketArn] }),
            new PolicyStatement({
              actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
              resources: [this.bucket.arnForObjects('*')],
            }),
          ],
        }),
      },
    });
    acknowledge(role, { [everyObjectOf(this.bucket)]: 'Firehose names the objects that it puts.' });
    return new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        bufferingHints: BUFFERING,
        compressionFormat: 'GZIP',
        fileExtension: '.jsonl.gz',
        prefix: 'logs/!{timestamp:yyyy-MM-dd}/',
        errorOutputPrefix: 'failed/!{timestamp:yyyy-MM-dd}/!{firehose:error-output-type}/',
        processingConfiguration: { enabled: true, processors: PROCESSORS },
      },
    });
  }

  private createSubscriber(): Role {
    const { region, account, partition } = Stack.of(this);
    return new Role(this, 'SubscriberRole', {
      // Without the condition, logs of any account could be sent here in this one's name.
      assumedBy: new ServicePrincipal('logs.amazonaws.com', {
        conditions: { StringLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` } },
      }),
      inlinePolicies: {
        put: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
              resources: [this.stream.attrArn],
            }),
          ],
        }),
      },
    });
  }
}

/** CloudWatch sends compressed batches with an envelope; what is kept are the lines. */
const PROCESSORS = [
  { type: 'Decompression', parameters: [{ parameterName: 'CompressionFormat', parameterValue: 'GZIP' }] },
  { type: 'CloudWatchLogProcessing', parameters: [{ parameterName: 'DataMessageExtraction', parameterValue: 'true' }] },
  { type: 'AppendDelimiterToRecord', parameters: [{ parameterName: 'Delimiter', parameterValue: '\\n' }] },
];
