import type { SegmentDocument } from './daemon';
import { createSegmentId, readTraceHeader, toTraceHeader } from './trace-header';

export type InvocationTrace = {
  /** For the function: its parent is the segment that is made here. */
  readonly header: string;
  /** The segments of a sampled invocation, once it has ended; none when it was not sampled. */
  segments(outcome: { readonly failed: boolean }): readonly SegmentDocument[];
};

type Traced = {
  /** What came with the call, if anything did. */
  readonly header: string | undefined;
  readonly functionName: string;
  readonly functionArn: string;
  readonly requestId: string;
  /** Whether the function traces when its caller left that open. */
  readonly tracing: boolean;
};

/** Starts the two segments that Lambda makes for an invocation: the service's and, below it, the function's. */
export const traceInvocation = ({ header, functionName, functionArn, requestId, tracing }: Traced): InvocationTrace => {
  const incoming = readTraceHeader(header);
  const sampled = incoming.sampled ?? tracing;
  const serviceId = createSegmentId();
  const functionId = createSegmentId();
  const startTime = Date.now() / 1000;

  return {
    header: toTraceHeader({ root: incoming.root, parent: functionId, sampled }),
    segments: ({ failed }) => {
      if (!sampled) return [];
      const shared = {
        name: functionName,
        trace_id: incoming.root,
        start_time: startTime,
        end_time: Date.now() / 1000,
        ...(failed ? { fault: true } : {}),
      };
      return [
        {
          ...shared,
          id: serviceId,
          ...(incoming.parent === undefined ? {} : { parent_id: incoming.parent }),
          origin: 'AWS::Lambda',
          aws: { resource_arn: functionArn, request_id: requestId },
        },
        {
          ...shared,
          id: functionId,
          parent_id: serviceId,
          origin: 'AWS::Lambda::Function',
          aws: { function_arn: functionArn, request_id: requestId },
        },
      ];
    },
  };
};
