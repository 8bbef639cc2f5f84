/** Passes remote writes on to a real Prometheus, when there is one. */
export type Forwarding = {
  readonly to: (url: string | undefined) => void;
  /** Resolves when the other has answered; what it refuses goes to `onError`. */
  readonly forward: (body: Buffer) => Promise<void>;
};

export const createForwarding = (onError: (error: unknown) => void): Forwarding => {
  let target: string | undefined;

  const send = async (url: string, body: Buffer): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Prometheus at ${url} refused a remote write: ${response.status} ${text}`);
  };

  return {
    to: (url) => {
      target = url;
    },
    forward: async (body) => {
      if (target !== undefined) await send(target, body).catch(onError);
    },
  };
};
