import type { ConverseResponse, ConverseStreamOutput } from './wire';

type Block = NonNullable<NonNullable<NonNullable<ConverseResponse['output']>['message']>['content']>[number];

const toDelta = (contentBlockIndex: number, { text, reasoningContent, toolUse }: Block): ConverseStreamOutput[] => {
  if (text !== undefined) return [{ contentBlockDelta: { contentBlockIndex, delta: { text } } }];
  if (toolUse) {
    const { toolUseId, name, input } = toolUse;
    return [
      { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } } },
      { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: JSON.stringify(input ?? {}) } } } },
      { contentBlockStop: { contentBlockIndex } },
    ];
  }
  const thought = reasoningContent?.reasoningText?.text;
  return thought ? [{ contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { text: thought } } } }] : [];
};

/** The events in which ConverseStream would have told the same answer. */
export function* toStreamEvents({ output, stopReason, usage }: ConverseResponse): Generator<ConverseStreamOutput> {
  for (const [index, block] of (output?.message?.content ?? []).entries()) yield* toDelta(index, block);
  if (!output?.message) return;
  yield { messageStop: { stopReason } };
  yield { metadata: { usage, metrics: undefined } };
}
