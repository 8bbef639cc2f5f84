import { refuse, unsupported } from './faults';
import type { WireRequest } from './request-schema';

const checkTools = ({ tools = [], tool_choice: choice, parallel_tool_calls: parallel }: WireRequest): void => {
  const names = new Set<string>();
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name)) throw refuse(`tools.${index}.function.name`, 'is the name of an earlier tool');
    names.add(name);
  }
  if (choice === 'required' && tools.length === 0) throw refuse('tool_choice', 'needs tools to choose from');
  if (typeof choice === 'object' && !names.has(choice.name)) {
    throw refuse('tool_choice.function.name', 'is the name of no tool in `tools`');
  }
  if (parallel === false && tools.length > 0) {
    throw refuse('parallel_tool_calls', unsupported('models on Bedrock may call several tools at once'));
  }
};

/** Checks the fields that must agree with each other. Throws `GatewayError` naming one of them. */
export const checkOptions = (request: WireRequest): void => {
  checkTools(request);
  const { max_tokens: older, max_completion_tokens: newer } = request;
  if (older !== undefined && newer !== undefined && older !== newer) {
    throw refuse('max_tokens', 'differs from `max_completion_tokens`: send one of them');
  }
  if (request.stream_options !== undefined && request.stream !== true) {
    throw refuse('stream_options', 'needs `stream: true`');
  }
};
