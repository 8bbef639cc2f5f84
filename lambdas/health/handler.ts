import { newId } from '../core/http/new-id';
import { readEnv } from '../core/read-env';
import { createAnswerHealth } from './answer-health';
import { healthEnv } from './env';

const env = readEnv(healthEnv, process.env);

export const handler = createAnswerHealth({ version: env.SERVICE_VERSION, now: () => new Date(), newId });
