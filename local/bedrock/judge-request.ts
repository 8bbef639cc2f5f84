import { invalid } from './bedrock-error';
import type { ConverseRequest } from './converse-request';
import type { SimulatedModel } from './models';
import { MESSAGE_RULES } from './rules/message-rules';
import { MODEL_RULES } from './rules/model-rules';
import type { Rule } from './rules/rule';
import { TOOL_RULES } from './rules/tool-rules';

const RULES: readonly Rule[] = [...MESSAGE_RULES, ...TOOL_RULES, ...MODEL_RULES];

/** Throws the ValidationException of the first rule that the request breaks. */
export const judgeRequest = (request: ConverseRequest, model: SimulatedModel, stream: boolean): void => {
  for (const rule of RULES) {
    const fault = rule(request, model, stream);
    if (fault) throw invalid(fault);
  }
};
