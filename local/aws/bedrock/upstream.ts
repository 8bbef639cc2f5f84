import type { OutgoingHttpHeaders } from 'node:http';
import type { Answer, Incoming } from '../service';

/** Where Bedrock Runtime calls are answered. */
export type BedrockUpstream = {
  /** Forwards a request and resolves when the head of the answer is there; its body streams. */
  forward(incoming: Incoming): Promise<Answer>;
  close(): void;
};

const HOP_BY_HOP = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that may be passed on. */
export const endToEnd = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase())));
