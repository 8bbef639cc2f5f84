import type { Writable } from 'node:stream';
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * What the gateway is compared with: a handler that does nothing but call Bedrock through the SDK and put the answer into
 * OpenAI's shape. No keys, no limits, no cache, no ledger, no logs.
 */
declare const awslambda: {
  streamifyResponse(handler: (event: { body: string }, stream: Writable) => Promise<void>): unknown;
  HttpResponseStream: { from(stream: Writable, head: object): Writable };
};

type ChatBody = { stream?: boolean; max_tokens: number; messages: { role: 'user'; content: string }[] };

const client = new BedrockRuntimeClient({
  requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 256 } }),
  maxAttempts: 1,
});

const toInput = ({ messages, max_tokens }: ChatBody) => ({
  modelId: 'us.amazon.nova-lite-v1:0',
  messages: messages.map(({ role, content }) => ({ role, content: [{ text: content }] })),
  inferenceConfig: { maxTokens: max_tokens },
});

const chunk = (delta: object): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', choices: [{ index: 0, delta }] })}\n\n`;

const stream = async (body: ChatBody, response: Writable): Promise<void> => {
  const { stream: events = [] } = await client.send(new ConverseStreamCommand(toInput(body)));
  const out = awslambda.HttpResponseStream.from(response, {
    statusCode: 200,
    headers: { 'content-type': 'text/event-stream' },
  });
  for await (const event of events) {
    const text = event.contentBlockDelta?.delta?.text;
    if (text !== undefined) out.write(chunk({ content: text }));
  }
  out.end('data: [DONE]\n\n');
};

const whole = async (body: ChatBody, response: Writable): Promise<void> => {
  const { output, usage } = await client.send(new ConverseCommand(toInput(body)));
  const out = awslambda.HttpResponseStream.from(response, {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
  });
  const message = { role: 'assistant', content: output?.message?.content?.[0]?.text };
  out.end(JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion', choices: [{ index: 0, message }], usage }));
};

export const handler = awslambda.streamifyResponse(async (event, response) => {
  const body: ChatBody = JSON.parse(event.body);
  await (body.stream ? stream(body, response) : whole(body, response));
});
