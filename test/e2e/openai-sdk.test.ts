import { describeAnswers } from './openai-sdk/answers';
import { describeCacheControl } from './openai-sdk/cache-control';
import { describeCacheHits } from './openai-sdk/cache-hits';
import { describeConversations } from './openai-sdk/conversations';
import { describeFaults } from './openai-sdk/faults';
import { describeIds } from './openai-sdk/ids';
import { describeLimits } from './openai-sdk/limits';
import { describeParameters } from './openai-sdk/parameters';
import { describeReadings } from './openai-sdk/readings';
import { describeRetries } from './openai-sdk/retries';
import { describeTools } from './openai-sdk/tools';
import { bootGateway } from './support/gateway-under-test';
import { createAssemblyWithTimeout } from './support/short-timeouts';

/** Long enough for every answer of these tests, short enough to wait for those that never come. */
const PROVIDER_TIMEOUT_SECONDS = 5;

describe('with an unmodified OpenAI client', () => {
  const assembly = createAssemblyWithTimeout(PROVIDER_TIMEOUT_SECONDS);
  const gateway = bootGateway({ synthesise: assembly.synthesise });
  afterAll(assembly.remove);

  describeAnswers(gateway);
  describeConversations(gateway);
  describeParameters(gateway);
  describeTools(gateway);
  describeReadings(gateway);
  describeIds(gateway);
  describeCacheHits(gateway);
  describeCacheControl(gateway);
  describeLimits(gateway);
  describeFaults(gateway);
  describeRetries(gateway);
});
