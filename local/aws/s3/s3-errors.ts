import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { toRefusals } from '../error-documents';
import type { Answer } from '../service';
import { xml } from './xml';

/** Writes an error as S3 does: an XML document. */
export const toS3ErrorAnswer = (error: AwsError): Answer => {
  const requestId = randomUUID();
  const document = xml('Error', { Code: error.code, Message: error.message, RequestId: requestId });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: Buffer.from(document),
  };
};

export const S3_REFUSALS = toRefusals({
  throttled: { code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' },
  unknownKey: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  internal: { code: 'InternalError', status: 500 },
  denied: { code: 'AccessDenied', status: 403 },
});

export const noSuchKey = () =>
  new AwsError({ code: 'NoSuchKey', status: 404, message: 'The specified key does not exist.' });

export const noSuchBucket = (name: string) =>
  new AwsError({ code: 'NoSuchBucket', status: 404, message: `The specified bucket does not exist: ${name}` });

export const badDigest = (header: string) =>
  new AwsError({
    code: 'BadDigest',
    status: 400,
    message: `The ${header} you specified did not match what we received.`,
  });

export const notImplemented = (what: string) =>
  new AwsError({ code: 'NotImplemented', status: 501, message: `The local AWS proxy does not have ${what}.` });
