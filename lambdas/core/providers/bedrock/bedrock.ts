import type { Call } from '../../chat/call';
import type { ChatEvent } from '../../chat/events';
import type { Target } from '../../models/model';
import type { Span } from '../../telemetry/ports';
import type { AttemptOptions, Provider } from '../provider';
import { toProviderError } from './errors';
import { createEventReader } from './events';
import { toConverseRequest } from './request';
import { toStreamEvents } from './whole-answer';
import type { ConverseResponse, ConverseStreamOutput, ConverseStreamRequest } from './wire';

/** The two calls that are made of Bedrock; each ends, with an error, when `signal` fires. */
export type ConversePort = {
  stream(
    request: ConverseStreamRequest,
    signal: AbortSignal,
    span?: Span,
  ): Promise<AsyncIterable<ConverseStreamOutput>>;
  whole(request: ConverseStreamRequest, signal: AbortSignal, span?: Span): Promise<ConverseResponse>;
};

const canStream = ({ capabilities }: Target, request: ConverseStreamRequest): boolean =>
  capabilities.streaming && !(request.toolConfig && capabilities.streamingTools === false);

async function* converse(
  port: ConversePort,
  target: Target,
  request: ConverseStreamRequest,
  { signal, span }: Pick<AttemptOptions, 'signal' | 'span'>,
): AsyncGenerator<ConverseStreamOutput> {
  if (canStream(target, request)) yield* await port.stream(request, signal, span);
  else yield* toStreamEvents(await port.whole(request, signal, span));
}

/** Answers through Converse: streamed wherever the model can, with the same events where it cannot. */
export const createBedrockProvider = (port: ConversePort): Provider => ({
  async *stream(target: Target, call: Call, options: AttemptOptions): AsyncGenerator<ChatEvent> {
    const reader = createEventReader();
    const departure = new AbortController();
    const leave = () => departure.abort();
    let begun = false;
    try {
      const request = toConverseRequest(target, call, options);
      options.signal.addEventListener('abort', leave, { once: true });
      if (options.signal.aborted) leave();
      for await (const event of converse(port, target, request, { signal: departure.signal, span: options.span })) {
        const events = reader.read(event);
        begun = true;
        yield* events;
      }
      yield* reader.end();
    } catch (error) {
      if (reader.isFinished()) return;
      const failure = toProviderError(error, { aborted: options.signal.aborted, begun });
      // Between the stop event and the usage nothing of the answer is lost any more, only what it cost.
      if (!reader.hasStopped() || failure.kind !== 'cut') throw failure;
      yield* reader.end();
    } finally {
      // A reader that leaves early would leave the connection open; after the end of an answer this changes nothing.
      departure.abort();
    }
  },
});
