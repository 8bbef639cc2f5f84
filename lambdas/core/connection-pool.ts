import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

const MAX_SOCKETS = 256;

/** The connections that SDK clients share. */
export type ConnectionPool = {
  agents: { httpAgent: HttpAgent; httpsAgent: HttpsAgent };
  /** Open connections, kept ones included, over the most that one host gets. */
  used: () => number;
};

/** Connections that are kept open between calls. */
export const createConnectionPool = (): ConnectionPool => {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const httpAgent = new HttpAgent(options);
  const httpsAgent = new HttpsAgent(options);
  return {
    agents: { httpAgent, httpsAgent },
    used: () => (openSockets(httpAgent) + openSockets(httpsAgent)) / MAX_SOCKETS,
  };
};

const openSockets = ({ sockets, freeSockets }: HttpAgent): number =>
  [sockets, freeSockets]
    .flatMap((byHost) => Object.values(byHost))
    .reduce((sum, ofHost) => sum + (ofHost?.length ?? 0), 0);
