import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A document as the daemon got it. */
export type Segment = Record<string, unknown> & {
  name: string;
  id: string;
  parent_id?: string;
  start_time: number;
  end_time: number;
  subsegments?: Segment[];
  annotations?: Record<string, unknown>;
  metadata?: Record<string, Record<string, unknown>>;
  cause?: { exceptions: { message: string; type: string; stack: unknown[] }[] };
};

const HEADER = '{"format":"json","version":1}';

/** Listens where the X-Ray daemon would. */
export const startXRayDaemon = async () => {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1_048_576 });
  const received: Segment[] = [];
  socket.on('message', (message) => {
    const [header = '', document = ''] = message.toString('utf8').split('\n');
    if (header === HEADER) received.push(JSON.parse(document));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    received,
    /** Resolves once `count` documents have come in. */
    arrived: async (count: number): Promise<Segment[]> => {
      while (received.length < count) await once(socket, 'message');
      return received;
    },
    stop: async (): Promise<void> => {
      socket.close();
      await once(socket, 'close');
    },
  };
};
