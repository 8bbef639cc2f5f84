import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text } from '../core/read-env';

export const remoteWriterEnv = v.object({
  ...commonEnv,
  COUNTERS_TABLE: text,
  LEDGER_TABLE: text,
  /** Where samples are written, and the Region that signs. */
  REMOTE_WRITE_URL: text,
  REMOTE_WRITE_REGION: text,
  INTERVAL_SECONDS: v.pipe(
    v.picklist(['15', '60']),
    v.transform((seconds) => (seconds === '15' ? 15 : 60)),
  ),
  /** Whether series are written under the names of other systems as well. */
  ALIASES: v.picklist(['on', 'off']),
});

export type RemoteWriterEnv = EnvOf<typeof remoteWriterEnv>;
