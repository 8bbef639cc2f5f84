import type { Call } from '../../chat/call';
import type { Target } from '../../models/model';
import type { AttemptOptions } from '../provider';
import { isBlank } from './is-blank';
import { toConverseMessages } from './messages';
import { toRequestMetadata } from './request-metadata';
import { mayCallTools, toToolConfig } from './tool-config';
import { toolsAsText } from './tools-as-text';
import type { ConverseStreamRequest } from './wire';

type RequestOptions = Pick<AttemptOptions, 'maxOutputTokens' | 'metadata'>;

const toInferenceConfig = (call: Call, maxOutputTokens: number): ConverseStreamRequest['inferenceConfig'] => ({
  // Without it Bedrock reserves the model's whole output against the account's quota.
  maxTokens: maxOutputTokens,
  ...(call.temperature !== undefined && { temperature: call.temperature }),
  ...(call.topP !== undefined && { topP: call.topP }),
  ...(call.stop.length > 0 && { stopSequences: [...call.stop] }),
});

/** The input of Converse and of ConverseStream, which is the same. */
export const toConverseRequest = (target: Target, call: Call, options: RequestOptions): ConverseStreamRequest => {
  const system = call.system.filter((text) => !isBlank(text)).map((text) => ({ text }));
  const toolConfig = toToolConfig(call);
  const requestMetadata = toRequestMetadata(options.metadata);
  return {
    modelId: target.providerModelId,
    messages: toConverseMessages(mayCallTools(call) ? call.messages : toolsAsText(call.messages)),
    ...(system.length > 0 && { system }),
    inferenceConfig: toInferenceConfig(call, options.maxOutputTokens),
    ...(toolConfig && { toolConfig }),
    ...(Object.keys(requestMetadata).length > 0 && { requestMetadata }),
  };
};
