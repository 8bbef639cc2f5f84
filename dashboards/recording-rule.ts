/** A series that Prometheus works out from others, again and again. */
export type RecordingRule = {
  /** Rules of a group are evaluated one after the other. */
  group: string;
  /** The name of the series. */
  record: string;
  expr: string;
  /** What it tells, with its unit. */
  help: string;
};
