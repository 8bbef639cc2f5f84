import OpenAI from 'openai';
import { readConnection } from './connection';

const client = new OpenAI(readConnection());

const { data, response } = await client.chat.completions
  .create({
    model: 'claude-haiku-4-5',
    messages: [
      { role: 'system', content: 'You answer in one sentence.' },
      { role: 'user', content: 'What does a fluxgate measure?' },
    ],
    max_tokens: 200,
  })
  .withResponse();

console.log(data.choices[0]?.message.content);
console.log();
console.log(`model    ${data.model}`);
console.log(`tokens   ${data.usage?.prompt_tokens} in, ${data.usage?.completion_tokens} out`);
console.log(`cost     $${response.headers.get('x-fluxgate-cost-usd')}`);
console.log(`cache    ${response.headers.get('x-fluxgate-cache')}`);
console.log(`request  ${response.headers.get('x-fluxgate-request-id')}`);
