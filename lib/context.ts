import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogArchive } from './log-archive';
import type { Settings } from './settings';
import type { Stage } from './stages';
import type { Storage } from './storage';

/** What every construct of the stack is built from. */
export type BuildContext = {
  stage: Stage;
  settings: Settings;
  storage: Storage;
  /** Absent means keys that AWS manages. */
  encryptionKey: IKey | undefined;
  /** Absent means that logs are kept in CloudWatch only. */
  logArchive: LogArchive | undefined;
};
