import type { Call } from '../chat/call';
import type { Target } from './model';

/** What of a call a target cannot honour. */
export type Unsupported = 'tools' | 'toolChoice' | 'images' | 'system' | 'sampling' | 'temperature' | 'stop';

/** The upper end of the range that the provider's API accepts; OpenAI's ends at 2. */
const MAX_TEMPERATURE = { bedrock: 1 } as const satisfies Record<Target['provider'], number>;

const SAMPLING_PARAMETERS = { both: 2, either: 1, none: 0 } as const;

const forcesTool = ({ toolChoice }: Call): boolean => toolChoice !== 'auto' && toolChoice !== 'none';

const sendsImages = ({ messages }: Call): boolean =>
  messages.some(({ content }) => content.some(({ type }) => type === 'image'));

const isBlank = (text: string): boolean => text.trim() === '';

const samplingParameters = ({ temperature, topP }: Call): number =>
  [temperature, topP].filter((parameter) => parameter !== undefined).length;

const RULES: readonly (readonly [name: Unsupported, breaks: (call: Call, target: Target) => boolean])[] = [
  ['tools', ({ tools }, { capabilities }) => tools.length > 0 && !capabilities.tools],
  ['toolChoice', (call, { capabilities }) => forcesTool(call) && !capabilities.toolChoice],
  ['images', (call, { capabilities }) => sendsImages(call) && !capabilities.images],
  ['system', ({ system }, { capabilities }) => system.length > 0 && !capabilities.system],
  [
    'sampling',
    (call, { capabilities: { sampling = 'both' } }) => samplingParameters(call) > SAMPLING_PARAMETERS[sampling],
  ],
  ['stop', ({ stop }, { capabilities }) => capabilities.blankStops === false && stop.some(isBlank)],
  ['temperature', ({ temperature = 0 }, { provider }) => temperature > MAX_TEMPERATURE[provider]],
];

/** What of a call a target cannot honour, in the order of the rules; empty when it can honour all of it. */
export const findUnsupported = (call: Call, target: Target): readonly Unsupported[] =>
  RULES.filter(([, breaks]) => breaks(call, target)).map(([name]) => name);
