import type { APIGatewayProxyEvent } from 'aws-lambda';

type EventHeaders = Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>;

/** The headers of an API Gateway event: lower-case names, the last value of a repeated header. */
export const readHeaders = ({ headers, multiValueHeaders }: EventHeaders): Record<string, string> => {
  const single = Object.entries(headers ?? {});
  const repeated = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name, values?.at(-1)] as const);
  const read: [string, string][] = [];
  for (const [name, value] of [...single, ...repeated]) {
    if (typeof value === 'string') read.push([name.toLowerCase(), value]);
  }
  return Object.fromEntries(read);
};
