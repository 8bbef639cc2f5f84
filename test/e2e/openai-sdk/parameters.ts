import OpenAI from 'openai';
import { aChat, NOVA, refusalOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, settled } from '../support/settled';

export const describeParameters = (gateway: GatewayUnderTest) =>
  describe('a parameter', () => {
    it.each(['max_tokens', 'max_completion_tokens'] as const)('%s ends the answer in time', async (bound) => {
      const { client, key } = await gateway.newClient();
      const asked = { ...aChat('[[tokens:300]]', { max_tokens: null }), [bound]: 30 };

      const { data, response } = await client.chat.completions.create(asked).withResponse();

      expect(data.choices[0]?.finish_reason).toBe('length');
      expect(data.usage?.completion_tokens).toBe(30);
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it.each([
      ['temperature', [0.1, 0.9]],
      ['top_p', [0.1, 0.9]],
    ] as const)('%s reaches the model', async (name, [low, high]) => {
      const { client } = await gateway.newClient();
      const answerTo = async (value: number) =>
        (await client.chat.completions.create({ ...aChat('Tell me.'), [name]: value })).choices[0]?.message.content;

      const answers = [await answerTo(low), await answerTo(high), await answerTo(low)];

      expect(answers[0]).not.toBe(answers[1]);
      expect(answers[0]).toBe(answers[2]);
    });

    it('temperature beside top_p is honoured by a model that takes both, and refused for one that takes either', async () => {
      const { client } = await gateway.newClient();
      const both = { temperature: 0.5, top_p: 0.5 };

      const honoured = await client.chat.completions.create(aChat('Hello', { model: NOVA, ...both }));
      const refused = await refusalOf(client.chat.completions.create(aChat('Hello', both)));

      expect(honoured.choices[0]?.finish_reason).toBe('stop');
      expect(refused).toMatchObject({ status: 400, code: 'unsupported_parameter', param: 'top_p' });
    });

    it.each([['STOP'], [['NEVER', 'STOP']]])('stop %j ends the answer before it', async (stop) => {
      const { client } = await gateway.newClient();

      const { choices } = await client.chat.completions.create(aChat('[[exactly:one, two STOP three]]', { stop }));

      expect(choices[0]).toMatchObject({ message: { content: 'one, two ' }, finish_reason: 'stop' });
    });

    it('user stands in the record, and metadata does not', async () => {
      const { client, key } = await gateway.newClient();

      const { response } = await client.chat.completions
        .create(aChat('Hello', { n: 1, user: 'customer-7', metadata: { ticket: 'T-1' } }))
        .withResponse();

      const { record } = await settled(gateway, key, response);
      expect(record.userId).toBe('customer-7');
      expect(JSON.stringify(record)).not.toContain('T-1');
    });

    it.each([
      ['n', 2],
      ['seed', 7],
      ['logprobs', true],
      ['frequency_penalty', 0.5],
      ['response_format', { type: 'json_object' }],
      ['reasoning_effort', 'high'],
      ['store', true],
      ['made_up', 1],
    ])('%s that cannot be honoured is refused by its name', async (param, value) => {
      const { client } = await gateway.newClient();

      const refusal = await refusalOf(client.chat.completions.create({ ...aChat('Hello'), [param]: value }));

      expect(refusal).toBeInstanceOf(OpenAI.BadRequestError);
      expect(refusal).toMatchObject({ code: 'unsupported_parameter', type: 'invalid_request_error', param });
    });

    it('model that nobody knows is not found', async () => {
      const { client } = await gateway.newClient();

      const refusal = await refusalOf(client.chat.completions.create(aChat('Hello', { model: 'gpt-99' })));

      expect(refusal).toBeInstanceOf(OpenAI.NotFoundError);
      expect(refusal).toMatchObject({ code: 'unknown_model', param: 'model' });
    });

    it('model beyond those of the key is not allowed', async () => {
      const { client } = await gateway.newClient({ models: [NOVA] });

      const allowed = await client.chat.completions.create(aChat('Hello', { model: 'fast' }));
      const refusal = await refusalOf(client.chat.completions.create(aChat('Hello')));

      expect(allowed.model).toBe(NOVA);
      expect(refusal).toBeInstanceOf(OpenAI.PermissionDeniedError);
      expect(refusal).toMatchObject({ code: 'model_not_allowed' });
    });

    it('model may be an id of Bedrock or of an inference profile', async () => {
      const { client } = await gateway.newClient();

      for (const model of ['anthropic.claude-haiku-4-5-20251001-v1:0', 'us.anthropic.claude-haiku-4-5-20251001-v1:0']) {
        const answer = await client.chat.completions.create(aChat('Hello', { model }));

        expect(answer.model).toBe('claude-haiku-4-5');
      }
    });
  });
