import * as v from 'valibot';
import { invalid } from './bedrock-error';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const TOOL_USE_ID = /^[a-zA-Z0-9_.:-]{1,64}$/;
const METADATA_KEY = /^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/;
const METADATA_VALUE = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;

const matching = (pattern: RegExp) =>
  v.pipe(v.string(), v.regex(pattern, `Member must satisfy regular expression pattern: ${pattern.source}`));
const jsonObject = v.record(v.string(), v.unknown());
/** Bedrock's unions: an object in which exactly one member is present. */
const oneMember = <T extends object>() =>
  v.check<T, string>((block) => Object.keys(block).length === 1, 'Exactly one member of the union must be present');

const image = v.strictObject({
  format: v.picklist(['png', 'jpeg', 'gif', 'webp']),
  source: v.strictObject({ bytes: v.pipe(v.string(), v.nonEmpty(), v.base64()) }),
});
const cachePoint = v.strictObject({
  type: v.literal('default'),
  ttl: v.optional(v.picklist(['5m', '1h'])),
});
const toolResultContent = v.pipe(
  v.strictObject({ text: v.optional(v.string()), json: v.optional(jsonObject), image: v.optional(image) }),
  oneMember(),
);
const contentBlock = v.pipe(
  v.strictObject({
    text: v.optional(v.string()),
    image: v.optional(image),
    cachePoint: v.optional(cachePoint),
    toolUse: v.optional(v.strictObject({ toolUseId: matching(TOOL_USE_ID), name: matching(NAME), input: jsonObject })),
    toolResult: v.optional(
      v.strictObject({
        toolUseId: matching(TOOL_USE_ID),
        content: v.array(toolResultContent),
        status: v.optional(v.picklist(['success', 'error'])),
      }),
    ),
    reasoningContent: v.optional(
      v.strictObject({
        reasoningText: v.strictObject({ text: v.string(), signature: v.optional(v.string()) }),
      }),
    ),
  }),
  oneMember(),
);
const tool = v.pipe(
  v.strictObject({
    toolSpec: v.optional(
      v.strictObject({
        name: matching(NAME),
        description: v.optional(v.pipe(v.string(), v.minLength(1))),
        inputSchema: v.strictObject({ json: jsonObject }),
      }),
    ),
    cachePoint: v.optional(cachePoint),
  }),
  oneMember(),
);
const toolChoice = v.pipe(
  v.strictObject({
    auto: v.optional(v.strictObject({})),
    any: v.optional(v.strictObject({})),
    tool: v.optional(v.strictObject({ name: matching(NAME) })),
  }),
  oneMember(),
);

/** The body of Converse and ConverseStream, as far as it is simulated. Stricter than Bedrock: `maxTokens` must be there. */
const converseRequest = v.strictObject({
  messages: v.array(v.strictObject({ role: v.picklist(['user', 'assistant']), content: v.array(contentBlock) })),
  system: v.optional(
    v.array(v.pipe(v.strictObject({ text: v.optional(v.string()), cachePoint: v.optional(cachePoint) }), oneMember())),
  ),
  inferenceConfig: v.strictObject({
    maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
    temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    topP: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    stopSequences: v.optional(v.array(v.pipe(v.string(), v.minLength(1)))),
  }),
  toolConfig: v.optional(
    v.strictObject({ tools: v.pipe(v.array(tool), v.minLength(1)), toolChoice: v.optional(toolChoice) }),
  ),
  additionalModelRequestFields: v.optional(jsonObject),
  requestMetadata: v.optional(v.pipe(v.record(matching(METADATA_KEY), matching(METADATA_VALUE)), v.maxEntries(16))),
  performanceConfig: v.optional(v.strictObject({ latency: v.picklist(['standard', 'optimized']) })),
  serviceTier: v.optional(v.strictObject({ type: v.picklist(['default', 'flex', 'priority', 'reserved']) })),
});

export type ConverseRequest = v.InferOutput<typeof converseRequest>;
export type ConverseMessage = ConverseRequest['messages'][number];
export type ConverseBlock = ConverseMessage['content'][number];
export type ToolSpec = NonNullable<NonNullable<ConverseRequest['toolConfig']>['tools'][number]['toolSpec']>;

/** The fields and shapes of a request; what they mean together is judged by the conversation rules. Throws ValidationException. */
export const readConverseRequest = (body: unknown): ConverseRequest => {
  const read = v.safeParse(converseRequest, body);
  if (read.success) return read.output;
  const faults = read.issues.map((issue) => {
    const path = v.getDotPath(issue) ?? 'body';
    return `Value at '${path}' failed to satisfy constraint: ${issue.message}`;
  });
  throw invalid(`${faults.length} validation error${faults.length > 1 ? 's' : ''} detected: ${faults.join('; ')}`);
};

/** The tools of a request without its cache points. */
export const toolSpecs = (request: ConverseRequest): readonly ToolSpec[] =>
  request.toolConfig?.tools.flatMap((entry) => (entry.toolSpec ? [entry.toolSpec] : [])) ?? [];
