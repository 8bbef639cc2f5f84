/** A JSON object as a client sent it: tool arguments and JSON schemas. */
export type JsonObject = { [key: string]: unknown };

export type TextPart = { type: 'text'; text: string };
export type ImagePart = { type: 'image'; format: 'png' | 'jpeg' | 'gif' | 'webp'; base64: string };
export type ToolCallPart = { type: 'tool_call'; id: string; name: string; arguments: JsonObject };

export type UserMessage = { role: 'user'; content: readonly (TextPart | ImagePart)[] };
export type AssistantMessage = { role: 'assistant'; content: readonly (TextPart | ToolCallPart)[] };
/** The result of one tool call; `callId` names the `ToolCallPart` that it answers. */
export type ToolMessage = { role: 'tool'; callId: string; content: readonly TextPart[] };
export type Message = UserMessage | AssistantMessage | ToolMessage;

export type Tool = { name: string; description?: string; inputSchema: JsonObject };
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/**
 * One chat request in the gateway's inner language, independent of the client's dialect and of the provider.
 * Every field here can change the answer, so every field is part of the cache key.
 */
export type Call = {
  /** The model as the client named it: a catalogue id or an alias. */
  model: string;
  /** System and developer texts, in the order in which the client sent them. */
  system: readonly string[];
  messages: readonly Message[];
  tools: readonly Tool[];
  toolChoice: ToolChoice;
  /** Absent when the client sent none; admission then applies the configured default. */
  maxOutputTokens?: number;
  temperature?: number;
  topP?: number;
  stop: readonly string[];
};
