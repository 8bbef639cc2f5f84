/** The shapes that cross the wire, as the SDK types them. Types only: nothing of the SDK is loaded through here. */
export type {
  ContentBlock,
  ConverseResponse,
  ConverseStreamOutput,
  ConverseStreamRequest,
  Message as ConverseMessage,
  SystemContentBlock,
  TokenUsage,
  Tool as ConverseTool,
  ToolConfiguration,
  ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
