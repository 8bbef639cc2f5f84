import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error';
import type { Answer, AwsService } from './service';

/** Writes an error of the AWS JSON protocols (DynamoDB, Secrets Manager): the code stands in `__type`. */
export const toJsonErrorAnswer =
  (contentType: string, namespace: string) =>
  (error: AwsError): Answer => ({
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() },
    body: Buffer.from(
      JSON.stringify({
        __type: namespace + error.code,
        Message: error.message,
        message: error.message,
        ...error.fields,
      }),
    ),
  });

/** Writes an error of the REST JSON protocol (Bedrock, Lambda): the code stands in a header. */
export const toRestErrorAnswer = (error: AwsError): Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code, 'x-amzn-requestid': randomUUID() },
  body: Buffer.from(JSON.stringify({ message: error.message, Message: error.message, ...error.fields })),
});

type Code = { readonly code: string; readonly status: number; readonly message: string };

/** A service's refusals from its table of codes; `denied` and `internal` are given their message. */
export const toRefusals = (codes: {
  throttled: Code;
  unknownKey: Code;
  internal: Omit<Code, 'message'>;
  denied: Omit<Code, 'message'>;
}): AwsService['refusals'] => ({
  throttled: () => new AwsError(codes.throttled),
  unknownKey: () => new AwsError(codes.unknownKey),
  internal: (message) => new AwsError({ ...codes.internal, message }),
  denied: (message) => new AwsError({ ...codes.denied, message }),
});
