const HEADER = '{"format":"json","version":1}\n';

/** Where the X-Ray daemon listens for UDP. */
export type DaemonAddress = { host: string; port: number };

/** Reads `AWS_XRAY_DAEMON_ADDRESS`: `host:port`, or `tcp:host:port udp:host:port`. Throws when it is neither. */
export const readDaemonAddress = (text = '127.0.0.1:2000'): DaemonAddress => {
  const udp = /(?:^|\s)udp:(\S+)/.exec(text)?.[1] ?? text;
  const [, host, port] = /^([^:\s]+):(\d+)$/.exec(udp) ?? [];
  if (host === undefined || port === undefined) {
    throw new Error(`AWS_XRAY_DAEMON_ADDRESS reads "${text}"; it must read "host:port".`);
  }
  return { host, port: Number(port) };
};

/** Loaded when a first trace is sampled. */
let dgram: Promise<typeof import('node:dgram')> | undefined;

/** Hands the documents to the daemon. Rejects when one could not be sent; nobody says whether one has arrived. */
export const sendDocuments = async (documents: readonly string[], { host, port }: DaemonAddress): Promise<void> => {
  dgram ??= import('node:dgram');
  const { createSocket } = await dgram;
  // An address needs no look-up.
  const socket = createSocket({ type: 'udp4', lookup: (address, _, found) => found(null, address, 4) });
  const send = (document: string): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(HEADER + document, port, host, (error) => (error ? reject(error) : resolve()));
    });
  try {
    await Promise.all(documents.map(send));
  } finally {
    socket.close();
  }
};
