import { type ConverseRequest, type ToolSpec, toolSpecs } from './converse-request';
import type { Directives } from './directives';

const ASKS_FOR_TOOLS = /\b(?:use|call) (?:the |a |your |all |all the )?tools?\b/i;
const ASKS_FOR_ALL = /\b(?:use|call) all (?:the )?tools\b/i;

const isNamed = (prompt: string, name: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i').test(prompt);

/** Tools that the user's words ask for: those named, in the order of the request; else the first, or all. */
const askedFor = (specs: readonly ToolSpec[], prompt: string): readonly ToolSpec[] => {
  if (ASKS_FOR_ALL.test(prompt)) return specs;
  const named = specs.filter(({ name }) => isNamed(prompt, name));
  if (named.length > 0) return named;
  return ASKS_FOR_TOOLS.test(prompt) ? specs.slice(0, 1) : [];
};

/** The tools that the answer calls, in order; none when the request has none or does not ask for any. */
export const chooseTools = (request: ConverseRequest, directives: Directives): readonly ToolSpec[] => {
  const specs = toolSpecs(request);
  const { any, tool } = request.toolConfig?.toolChoice ?? {};
  const marked = directives.tools.flatMap((name) => specs.find((spec) => spec.name === name) ?? []);
  if (marked.length > 0) return marked;
  if (tool) return specs.filter(({ name }) => name === tool.name);
  // A conversation that has its results is answered in words, or no dialogue with tools would ever end.
  const asked = directives.toolResults.length > 0 ? [] : askedFor(specs, directives.prompt);
  return any && asked.length === 0 ? specs.slice(0, 1) : asked;
};
