import type { AwsAnswer, AwsCall } from '../ports';
import type { Step } from '../step';
import { errorFlags } from './error-flags';
import type { LoadedTracer } from './load-tracer';
import { writeFacts } from './write-facts';

/** A subsegment in X-Ray's own JSON. */
export type SubsegmentDocument = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly subsegments?: readonly SubsegmentDocument[];
};

/**
 * The document of a step with all below it: what the Tracer says of each, and its times, call and colour. The SDK's own
 * formatting copies every level several times and calls each error a fault.
 */
export const toDocument = (step: Step, loaded: LoadedTracer, place: 'root' | 'below' = 'root'): SubsegmentDocument => ({
  id: step.id,
  name: step.call && isServiceNode(step) ? step.call.service : step.name,
  start_time: step.startedAt / 1000,
  end_time: (step.endedAt ?? step.startedAt) / 1000,
  ...(step.call && { namespace: 'aws', aws: toAwsBlock(step.call, step.answer), ...toHttpBlock(step.answer) }),
  ...(step.errors.length > 0 && Object.assign({}, ...step.errors.map(errorFlags))),
  ...writeFacts(step, loaded, place),
  ...(step.steps.length > 0 && { subsegments: step.steps.map((child) => toDocument(child, loaded, 'below')) }),
});

/** The service map draws one node for every service, so a call goes by the service's name unless it has one of its own. */
const isServiceNode = ({ name, call }: Step): boolean => call !== undefined && name.startsWith(`${call.service}.`);

const toAwsBlock = ({ operation, region, table }: AwsCall, answer: AwsAnswer | undefined) => ({
  operation: answer?.operation ?? operation,
  ...(region !== undefined && { region }),
  ...(table !== undefined && { table_name: table, resource_names: [table] }),
  ...(answer?.requestId !== undefined && { request_id: answer.requestId }),
  ...(answer?.attempts !== undefined && answer.attempts > 1 && { retries: answer.attempts - 1 }),
});

const toHttpBlock = (answer: AwsAnswer | undefined) =>
  answer?.httpStatusCode === undefined ? {} : { http: { response: { status: answer.httpStatusCode } } };
