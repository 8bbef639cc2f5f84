import { inputTokens } from '../input-tokens';
import { blocksOf, isBlank, type Rule } from './rule';

const modelSupports: Rule = (request, model) => {
  if (request.toolConfig && !model.tools) return "This model doesn't support tool use.";
  const { any, tool } = request.toolConfig?.toolChoice ?? {};
  if ((any || tool) && !model.toolChoice)
    return `This model doesn't support the toolConfig.toolChoice.${any ? 'any' : 'tool'} field. Remove the field and try again.`;
  if (request.system?.length && !model.system) return "This model doesn't support system messages.";
  return !model.images && blocksOf(request).some(({ block }) => block.image)
    ? "This model doesn't support the image content block that you provided."
    : undefined;
};

const streamingIsSupported: Rule = (request, model, stream) => {
  if (!stream) return undefined;
  if (!model.streaming) return "This model doesn't support the ConverseStream operation.";
  return request.toolConfig && !model.streamingTools
    ? "This model doesn't support tool use in streaming mode."
    : undefined;
};

const maxTokensFits: Rule = ({ inferenceConfig }, { maxOutputTokens }) =>
  inferenceConfig.maxTokens <= maxOutputTokens
    ? undefined
    : `The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum tokens value that is lower than ${maxOutputTokens}.`;

const stopSequencesFit: Rule = ({ inferenceConfig: { stopSequences = [] } }, { maxStopSequences }) => {
  if (stopSequences.length > maxStopSequences)
    return `The number of stop sequences exceeds the model limit of ${maxStopSequences}.`;
  return stopSequences.some(isBlank) ? 'stop_sequences: each stop sequence must contain non-whitespace' : undefined;
};

const oneSamplingKnob: Rule = ({ inferenceConfig: { temperature, topP } }, model) =>
  model.temperatureOrTopP && temperature !== undefined && topP !== undefined
    ? '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'
    : undefined;

const contextFits: Rule = (request, model) =>
  inputTokens(request) + request.inferenceConfig.maxTokens <= model.contextTokens
    ? undefined
    : 'Input is too long for requested model.';

/** What one model supports and how much of it. */
export const MODEL_RULES: readonly Rule[] = [
  modelSupports,
  streamingIsSupported,
  maxTokensFits,
  stopSequencesFit,
  oneSamplingKnob,
  contextFits,
];
