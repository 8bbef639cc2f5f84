import type OpenAI from 'openai';
import { aChat, refusalOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, settled } from '../support/settled';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

type Messages = OpenAI.ChatCompletionMessageParam[];

const imageMessage = (url: string): Messages => [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is on this picture?' },
      { type: 'image_url', image_url: { url, detail: 'low' } },
    ],
  },
];

export const describeConversations = (gateway: GatewayUnderTest) =>
  describe('a conversation', () => {
    const promptTokensOf = async (messages: Messages): Promise<number> => {
      const { client } = await gateway.newClient();
      const { usage } = await client.chat.completions.create(aChat('', { messages }));
      return Number(usage?.prompt_tokens);
    };

    it.each(['system', 'developer'] as const)('has its %s messages read by the model', async (role) => {
      const question = { role: 'user' as const, content: 'Who are you?' };
      const alone = await promptTokensOf([question]);

      const instructed = await promptTokensOf([{ role, content: 'a b c d e' }, question]);

      expect(instructed - alone).toBe(5);
    });

    it('has its history read by the model, the answers of the SDK included', async () => {
      const { client } = await gateway.newClient();
      const first = await client.chat.completions.create(aChat('My name is Ada.'));
      const answer = first.choices[0]?.message;
      if (answer === undefined) throw new Error('There is no answer.');

      const second = await client.chat.completions.create(
        aChat('', {
          messages: [
            { role: 'user', content: 'My name is Ada.' },
            answer,
            { role: 'user', content: [{ type: 'text', text: 'What is my name?' }] },
          ],
        }),
      );

      expect(second.choices[0]?.message.content).toContain('What is my name?');
      expect(Number(second.usage?.prompt_tokens)).toBeGreaterThan(Number(first.usage?.completion_tokens));
    });

    it('may have texts in parts', async () => {
      const { client } = await gateway.newClient();
      const content = ['first part', 'second part'].map((text) => ({ type: 'text' as const, text }));

      const { choices } = await client.chat.completions.create(aChat('', { messages: [{ role: 'user', content }] }));

      expect(choices[0]?.message.content).toContain(String.raw`You wrote "first part\nsecond part"`);
    });

    it('may have images as data URLs', async () => {
      const { client, key } = await gateway.newClient();
      const messages = imageMessage(`data:image/png;base64,${PIXEL}`);

      const { data, response } = await client.chat.completions.create(aChat('', { messages })).withResponse();

      const withoutImage = await promptTokensOf([{ role: 'user', content: 'What is on this picture?' }]);
      expectBooksToAgree(await settled(gateway, key, response));
      expect(Number(data.usage?.prompt_tokens) - withoutImage).toBe(1);
    });

    it('is refused by the provider when an image is none, in the words of the gateway', async () => {
      const { client, key } = await gateway.newClient();
      const messages = imageMessage(`data:image/png;base64,${Buffer.from('no image').toString('base64')}`);

      const refusal = await refusalOf(client.chat.completions.create(aChat('', { messages })));

      const { record, billedNanoUsd } = await settled(gateway, key, refusal);
      expect(refusal).toMatchObject({ status: 400, code: 'provider_rejected_request' });
      expect(refusal.message).not.toMatch(/ValidationException|Could not process|simulat/i);
      expect([record.costNanoUsd, billedNanoUsd]).toEqual([0, 0]);
    });

    it('with a remote image is refused by the name of the field', async () => {
      const { client } = await gateway.newClient();

      const refusal = await refusalOf(
        client.chat.completions.create(aChat('', { messages: imageMessage('https://example.com/cat.png') })),
      );

      expect(refusal).toMatchObject({
        status: 400,
        code: 'unsupported_parameter',
        param: 'messages.0.content.1.image_url.url',
      });
    });
  });
