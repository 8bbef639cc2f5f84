/** Who signed a request, and for which service, by its SigV4 `Authorization` header. */
export type Authorization = {
  readonly accessKeyId: string;
  readonly region: string;
  /** The signing name: `dynamodb`, `bedrock`, ... */
  readonly service: string;
};

const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\b/;

/** Reads the header; undefined when it is absent or not SigV4. The signature itself is not verified. */
export const readAuthorization = (header: string | undefined): Authorization | undefined => {
  const [, accessKeyId, region, service] = CREDENTIAL.exec(header ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
};
