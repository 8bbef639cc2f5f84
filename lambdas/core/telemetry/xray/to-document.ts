import type { AwsAnswer, AwsCall } from '../ports';
import type { Step } from '../step';
import { errorFlags } from './error-flags';
import type { Subsegment } from './load-tracer';

/** A subsegment in X-Ray's own JSON. */
export type SubsegmentDocument = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly subsegments?: readonly SubsegmentDocument[];
};

/**
 * The document of a step: what the Tracer has put on its subsegment, and its times, call and colour. The SDK's own
 * formatting copies every level several times and calls each error a fault.
 */
export const toDocument = (step: Step, subsegment: Subsegment): SubsegmentDocument => {
  const { subsegments = [] } = subsegment;
  return {
    id: step.id,
    name: step.call && isServiceNode(step) ? step.call.service : step.name,
    start_time: step.startedAt / 1000,
    end_time: (step.endedAt ?? step.startedAt) / 1000,
    ...(step.call && { namespace: 'aws', aws: toAwsBlock(step.call, step.answer), ...toHttpBlock(step.answer) }),
    ...Object.assign({}, ...step.errors.map(errorFlags)),
    ...writtenOn(subsegment),
    ...(step.steps.length > 0 && { subsegments: step.steps.map((child, at) => toChild(child, subsegments[at])) }),
  };
};

const WRITTEN = ['cause', 'annotations', 'metadata'] as const;

/** What the Tracer has put there; the SDK's types do not tell of it. */
const writtenOn = (subsegment: Subsegment): Record<string, unknown> =>
  Object.fromEntries(WRITTEN.filter((name) => name in subsegment).map((name) => [name, Reflect.get(subsegment, name)]));

const toChild = (step: Step, subsegment: Subsegment | undefined): SubsegmentDocument => {
  if (subsegment === undefined) throw new Error(`The step ${step.name} was not built.`);
  return toDocument(step, subsegment);
};

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
