import { createHash, createHmac } from 'node:crypto';
import { createSign, type RequestToSign } from '../../../../local/aws/bedrock/aws-upstream';

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

/** Signature version 4, by its specification: every part of the path is encoded twice for services other than S3. */
const signatureOf = (signed: { headers: Record<string, string> }, { method, path, body }: RequestToSign) => {
  const [, date = '', names = ''] =
    /Credential=[^/]+\/(\d{8}).*SignedHeaders=([^,]+)/.exec(signed.headers.authorization ?? '') ?? [];
  const scope = `${date}/us-east-1/bedrock/aws4_request`;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const headers = names.split(';').map((name) => `${name}:${signed.headers[name]}\n`);
  const canonical = [method, encoded, '', headers.join(''), names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', signed.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = ['us-east-1', 'bedrock', 'aws4_request'].reduce(hmac, hmac('AWS4secret', date));
  return hmac(key, toSign).toString('hex');
};

describe('calls of Bedrock itself', () => {
  it('are signed with the user’s credentials over the path as it came', async () => {
    const sign = createSign('us-east-1', { accessKeyId: 'USERKEY', secretAccessKey: 'secret' });
    const request: RequestToSign = {
      method: 'POST',
      protocol: 'https:',
      hostname: 'bedrock-runtime.us-east-1.amazonaws.com',
      path: '/model/us.amazon.nova-lite-v1%3A0/converse',
      query: {},
      headers: {
        host: 'bedrock-runtime.us-east-1.amazonaws.com',
        'content-type': 'application/json',
        'content-length': '2',
      },
      body: Buffer.from('{}'),
    };

    const signed = await sign(request);

    expect(signed.headers.authorization).toContain('Credential=USERKEY/');
    expect(signed.headers.authorization).toContain(`Signature=${signatureOf(signed, request)}`);
  });
});
