import type { ChatEvent, FinishReason } from '../../chat/events';
import { toFailure, VERDICTS } from './failures';
import { toFinishReason } from './finish-reason';
import { toUsage } from './usage';
import type { ConverseStreamOutput } from './wire';

type OpenTool = { index: number; hasArguments: boolean };
type BlockStart = NonNullable<ConverseStreamOutput['contentBlockStart']>;
type BlockDelta = NonNullable<ConverseStreamOutput['contentBlockDelta']>;

const malformed = (what: string) => toFailure(VERDICTS.unreadable, `Bedrock's stream makes no sense: ${what}.`);

/** The tool calls of one answer by the content block in which they stand. */
const createToolCalls = () => {
  const open = new Map<number | undefined, OpenTool>();
  let count = 0;

  const start = ({ start: opened, contentBlockIndex }: BlockStart): ChatEvent[] => {
    if (!opened?.toolUse) return [];
    const { toolUseId: id, name } = opened.toolUse;
    if (!id || !name) throw malformed('a tool call without an id or a name');
    const index = count++;
    open.set(contentBlockIndex, { index, hasArguments: false });
    return [{ type: 'tool_call', index, id, name }];
  };

  const addArguments = (json: string, contentBlockIndex: number | undefined): ChatEvent[] => {
    const tool = open.get(contentBlockIndex);
    if (!tool) throw malformed('arguments of a tool call that was not opened');
    if (json === '') return [];
    tool.hasArguments = true;
    return [{ type: 'tool_arguments', index: tool.index, json }];
  };

  /** A call without parameters comes without any argument text, which would be no JSON. */
  const stop = (contentBlockIndex: number | undefined): ChatEvent[] => {
    const tool = open.get(contentBlockIndex);
    open.delete(contentBlockIndex);
    return tool && !tool.hasArguments ? [{ type: 'tool_arguments', index: tool.index, json: '{}' }] : [];
  };

  return { start, addArguments, stop };
};

/** Reads the events of one Converse stream, in their order, as events of the gateway. */
export const createEventReader = () => {
  const toolCalls = createToolCalls();
  let reason: FinishReason | undefined;
  let finished = false;

  const onDelta = ({ delta, contentBlockIndex }: BlockDelta): ChatEvent[] => {
    if (!delta) throw malformed('a delta without content');
    if (delta.text) return [{ type: 'text', text: delta.text }];
    if (delta.reasoningContent?.text) return [{ type: 'reasoning', text: delta.reasoningContent.text }];
    return delta.toolUse ? toolCalls.addArguments(delta.toolUse.input ?? '', contentBlockIndex) : [];
  };

  const finish = (metadata: ConverseStreamOutput['metadata']): ChatEvent[] => {
    if (finished || reason === undefined) return [];
    finished = true;
    return [{ type: 'finish', reason, usage: toUsage(metadata?.usage) }];
  };

  /** Throws what Bedrock reports within the stream, and `ProviderError` for what cannot be read. */
  const read = (event: ConverseStreamOutput): ChatEvent[] => {
    const failed =
      event.internalServerException ??
      event.modelStreamErrorException ??
      event.serviceUnavailableException ??
      event.throttlingException ??
      event.validationException;
    if (failed) throw failed;
    if (event.contentBlockStart) return toolCalls.start(event.contentBlockStart);
    if (event.contentBlockDelta) return onDelta(event.contentBlockDelta);
    if (event.contentBlockStop) return toolCalls.stop(event.contentBlockStop.contentBlockIndex);
    if (event.messageStop) reason = toFinishReason(event.messageStop.stopReason);
    // Usage comes after the stop event, so the answer is finished here and not there.
    return event.metadata ? finish(event.metadata) : [];
  };

  return {
    read,
    /** The answer has said why it stops: no content is missing any more. */
    hasStopped: (): boolean => reason !== undefined,
    /** `finish` is out: whatever still happens to the stream changes nothing. */
    isFinished: (): boolean => finished,
    /** The stream is over. Throws `ProviderError` when it stopped in the middle. */
    end: (): ChatEvent[] => {
      if (reason === undefined) throw toFailure(VERDICTS.cut, 'Bedrock ended the stream before the answer.');
      return finish(undefined);
    },
  };
};
