import type { RequestListener } from 'node:http';
import type { Functions } from '../lambda/functions';
import type { SegmentDocument } from '../xray/daemon';
import { createAccessLog } from './access-log';
import { answerExchange } from './answer-exchange';
import { toApiSegment } from './api-segment';
import { beginExchange } from './exchange';
import { matchRoute } from './match-route';
import type { RestApi } from './rest-api';
import { createThrottle } from './throttle';

export type ApiDeps = {
  readonly api: RestApi;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly onAccessLine: (line: string) => void;
  readonly onSegment: (segment: SegmentDocument) => void;
  readonly onFailure: (functionName: string, error: unknown) => void;
};

/** The REST API of the stack as a request listener. */
export const createApi = ({ api, functions, onAccessLine, onSegment, onFailure }: ApiDeps): RequestListener => {
  const take = createThrottle(api.stage.throttle, () => performance.now());
  const toAccessLine = createAccessLog(api);

  return (request, response) => {
    const exchange = beginExchange(api, request, (method, path) => matchRoute(api, method, path));
    answerExchange({ api, functions, take, onFailure }, { request, response, exchange }).then(
      (answered) => {
        const line = toAccessLine(exchange, answered, response.statusCode);
        if (line !== undefined) onAccessLine(line);
        const segment = toApiSegment(api, exchange, response.statusCode);
        if (segment !== undefined) onSegment(segment);
      },
      // The client left before it had sent its request: there is nobody to answer.
      () => response.destroy(),
    );
  };
};
