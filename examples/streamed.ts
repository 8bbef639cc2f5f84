import OpenAI from 'openai';
import { readConnection } from './connection';

const client = new OpenAI(readConnection());

const stream = await client.chat.completions.create({
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Describe a magnetic field in a few sentences.' }],
  max_tokens: 300,
  stream: true,
  stream_options: { include_usage: true },
});

for await (const { choices, usage } of stream) {
  process.stdout.write(choices[0]?.delta.content ?? '');
  // The last chunk tells what the answer used, and beside OpenAI's fields what it cost.
  if (!usage) continue;
  const cost = 'cost_usd' in usage ? usage.cost_usd : 'unknown';
  console.log(`\n\ntokens   ${usage.prompt_tokens} in, ${usage.completion_tokens} out\ncost     $${cost}`);
}
