import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createCollector } from '../../../../lambdas/core/chat/collect';
import type { ChatEvent } from '../../../../lambdas/core/chat/events';
import { GatewayError } from '../../../../lambdas/core/errors';
import type { ParsedChat } from '../../../../lambdas/gateway/answer-writer';
import { createLambdaResponse } from '../../../../lambdas/gateway/http/lambda-response';
import { respondError } from '../../../../lambdas/gateway/http/respond-json';
import { openAiDialect } from '../../../../lambdas/gateway/openai/dialect';
import { someFacts, someIds } from '../http/answer-facts';

/** What the model says to a call; a thrown `GatewayError` is its failure. */
export type Model = (chat: ParsedChat) => Iterable<ChatEvent>;

/** Starts an HTTP server that answers every POST through the dialect, with `model` in the place of everything between. */
export const startChatServer = async (model: Model) => {
  const seen: ParsedChat[] = [];
  const answer = (chat: ParsedChat, response: ReturnType<typeof createLambdaResponse>): void => {
    const writer = openAiDialect.createWriter(chat, response, () => someFacts());
    const { add, answer: whole } = createCollector();
    try {
      for (const event of model(chat)) {
        add(event);
        if (event.type !== 'finish') writer.event(event);
      }
      writer.finish(whole);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      writer.fail(error);
    }
  };
  const handle = async (request: IncomingMessage, response: ReturnType<typeof createLambdaResponse>): Promise<void> => {
    const body = await buffer(request);
    try {
      const chat = openAiDialect.parse(body);
      seen.push(chat);
      answer(chat, response);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const ids = someIds();
      respondError(response, error, { ids, body: openAiDialect.errorBody(error, ids) });
    }
    await response.done();
  };
  const server = createServer((request, outgoing) => {
    void handle(
      request,
      createLambdaResponse(({ statusCode, headers }) => outgoing.writeHead(statusCode, headers)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.');
  return {
    baseURL: `http://127.0.0.1:${address.port}/v1`,
    /** The requests that were accepted, in order. */
    seen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
