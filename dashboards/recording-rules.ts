/** A series that Prometheus computes from others, so that a panel or an alert reads one instead of many. */
export type RecordingRule = {
  /** Rules of one group are evaluated one after the other. */
  group: string;
  /** `<labels that remain>:<metric>:<what was done>` */
  record: string;
  expr: string;
  help: string;
};

export const RECORDING_RULES: readonly RecordingRule[] = [];
