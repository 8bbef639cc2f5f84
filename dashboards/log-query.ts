import type { SOURCE_SYSTEMS } from '../lambdas/core/telemetry/metric';

/** A folder under lambdas/ whose function writes the lines. */
export type LoggingFunction = 'gateway' | 'sweeper' | 'exposition' | 'telemetry' | 'management';

/** Another system that asks the same of its logs. */
export type AskedElsewhere = {
  system: (typeof SOURCE_SYSTEMS)[number];
  in: 'Logs Insights' | 'Kibana' | 'LogQL' | 'container logs';
  /** Why its own query gives another answer, or none. Without one it is the same in another language. */
  fault?: string;
};

/** A value that whoever runs a query fills in; it stands as `{{name}}` in the text. */
export type QueryParameter = {
  name: string;
  description: string;
};

/** One saved query of CloudWatch Logs Insights. */
export type LogQuery = {
  /** Its folder in the console, below that of the stack. */
  folder: 'Requests' | 'Errors' | 'Cost' | 'Cache' | 'Limits' | 'Find' | 'Functions';
  title: string;
  /** The question, answered by its rows: for people. */
  answers: string;
  asked?: readonly AskedElsewhere[];
  /** The functions over whose log groups it runs. */
  over: readonly LoggingFunction[] | 'all';
  parameters?: readonly QueryParameter[];
  /** In the language of Logs Insights. */
  text: string;
};

/** Who ends requests: the gateway, or the sweeper for one whose process died. */
export const ENDS_REQUESTS: readonly LoggingFunction[] = ['gateway', 'sweeper'];

/** The one line that every request has at its end. */
export const ENDED = 'event in ["request_completed", "request_error", "request_abandoned"]';
