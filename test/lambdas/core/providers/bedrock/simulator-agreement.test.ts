import * as fc from 'fast-check';
import type { Call, Message, ToolCallPart } from '../../../../../lambdas/core/chat/call';
import { MODELS } from '../../../../../lambdas/core/models/catalogue';
import { inputTokenBound } from '../../../../../lambdas/core/models/input-bound';
import { resolveTargets } from '../../../../../lambdas/core/models/resolve-targets';
import { toConverseRequest } from '../../../../../lambdas/core/providers/bedrock/request';
import { type ConverseRequest, readConverseRequest } from '../../../../../local/bedrock/converse-request';
import { inputTokens } from '../../../../../local/bedrock/input-tokens';
import { judgeRequest } from '../../../../../local/bedrock/judge-request';
import { findModel } from '../../../../../local/bedrock/models';
import { aCall } from '../../../../support/call';
import { onTheWire } from '../../../../support/on-the-wire';
import { aTarget } from '../../../../support/target';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TOOLS = ['weather', 'time'].map((name) => ({ name, description: '', inputSchema: {} }));

const texts = fc.oneof(fc.constantFrom('', ' ', '\n\t'), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.lorem());
const textParts = texts.map((text) => ({ type: 'text' as const, text }));
const images = fc.constant({ type: 'image' as const, format: 'png' as const, base64: PNG });

const users = fc
  .array(fc.oneof({ weight: 4, arbitrary: textParts }, { weight: 1, arbitrary: images }), { maxLength: 3 })
  .map((content): Message[] => [{ role: 'user', content }]);
const assistants = fc.array(textParts, { maxLength: 2 }).map((content): Message[] => [{ role: 'assistant', content }]);

/** Calls of tools and their results, in any order, as every dialect demands them: complete. */
const exchanges = fc
  .record({
    ids: fc.uniqueArray(fc.string({ maxLength: 80 }), { minLength: 1, maxLength: 3 }),
    said: fc.array(textParts, { maxLength: 1 }),
    results: fc.array(textParts, { maxLength: 2 }),
    reversed: fc.boolean(),
  })
  .map(({ ids, said, results, reversed }): Message[] => {
    const calls = ids.map((id): ToolCallPart => ({ type: 'tool_call', id, name: 'weather', arguments: { id } }));
    const answers = ids.map((callId): Message => ({ role: 'tool', callId, content: results }));
    return [
      { role: 'assistant', content: [...said, ...calls] },
      ...(reversed ? answers.reverse() : answers),
      { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
    ];
  });

const calls = fc
  .record({
    system: fc.array(texts, { maxLength: 2 }),
    messages: fc.array(fc.oneof(users, assistants, exchanges), { maxLength: 6 }).map((parts) => parts.flat()),
    tools: fc.constantFrom([], TOOLS),
    toolChoice: fc.constantFrom<Call['toolChoice']>('auto', 'none', 'required', { name: 'time' }),
    temperature: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map((call) => aCall(call));

/** What the simulator gets of a call: the body, for the model stands in the path. */
const requestOf = (call: Call): ConverseRequest => {
  const { modelId, ...body } = toConverseRequest(aTarget(), call, { maxOutputTokens: 100, metadata: { id: 'ü' } });
  return readConverseRequest(onTheWire(body));
};

describe('requests of the gateway, before the simulator', () => {
  it('keep every rule of Converse, whatever the conversation', () => {
    const model = findModel(aTarget().providerModelId);

    fc.assert(
      fc.property(calls, (call) => {
        judgeRequest(requestOf(call), model, true);
      }),
      { numRuns: 500 },
    );
  });

  it('are billed no more input than was held', () => {
    fc.assert(
      fc.property(calls, (call) => inputTokens(requestOf(call)) <= inputTokenBound(call)),
      { numRuns: 500 },
    );
  });

  it('never allow a tool to be called that the call does not allow', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const allowed = call.tools.length > 0 && call.toolChoice !== 'none';

        return (requestOf(call).toolConfig !== undefined) === allowed;
      }),
    );
  });
});

describe('the catalogue, before the simulator', () => {
  it.each(MODELS.map(({ id }) => id))('%s can be called, up to its stated output', (id) => {
    const resolution = resolveTargets(id, { region: 'us-east-1', profile: 'us' }, Date.parse('2026-11-21'));
    if (resolution === undefined || resolution === 'unpriced') throw new Error(`${id} cannot be called.`);

    for (const { providerModelId, maxOutputTokens, capabilities } of resolution.targets) {
      const simulated = findModel(providerModelId);

      expect(simulated.maxOutputTokens).toBeGreaterThanOrEqual(maxOutputTokens);
      expect({ tools: simulated.tools, images: simulated.images, streaming: simulated.streaming }).toEqual({
        tools: capabilities.tools,
        images: capabilities.images,
        streaming: capabilities.streaming,
      });
    }
  });
});
