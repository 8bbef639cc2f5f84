import type { Call } from '../../../../lambdas/core/chat/call';
import { findUnsupported } from '../../../../lambdas/core/models/find-unsupported';
import type { Capabilities } from '../../../../lambdas/core/models/model';
import { aCall } from '../../../support/call';
import { aTarget } from '../../../support/target';

const ALL: Capabilities = { tools: true, toolChoice: true, images: true, system: true, streaming: true };
const TOOL = { name: 'weather', inputSchema: { type: 'object' } };
const IMAGE = { type: 'image', format: 'png', base64: '' } as const;

const CASES: { what: string; call: Partial<Call>; lacks: Partial<Capabilities>; found: string[] }[] = [
  { what: 'tools', call: { tools: [TOOL] }, lacks: { tools: false }, found: ['tools'] },
  { what: 'a required tool', call: { toolChoice: 'required' }, lacks: { toolChoice: false }, found: ['toolChoice'] },
  {
    what: 'a named tool',
    call: { toolChoice: { name: 'weather' } },
    lacks: { toolChoice: false },
    found: ['toolChoice'],
  },
  { what: 'no tool', call: { toolChoice: 'none' }, lacks: { toolChoice: false }, found: [] },
  {
    what: 'an image',
    call: { messages: [{ role: 'user', content: [IMAGE] }] },
    lacks: { images: false },
    found: ['images'],
  },
  { what: 'a system text', call: { system: ['Be brief.'] }, lacks: { system: false }, found: ['system'] },
  {
    what: 'temperature and topP',
    call: { temperature: 1, topP: 1 },
    lacks: { sampling: 'either' },
    found: ['sampling'],
  },
  { what: 'topP alone', call: { topP: 1 }, lacks: { sampling: 'either' }, found: [] },
  { what: 'temperature', call: { temperature: 0 }, lacks: { sampling: 'none' }, found: ['sampling'] },
  { what: 'a blank stop sequence', call: { stop: ['END', '\n'] }, lacks: { blankStops: false }, found: ['stop'] },
  { what: 'a stop sequence', call: { stop: ['END\n'] }, lacks: { blankStops: false }, found: [] },
  { what: 'a temperature of 1.5', call: { temperature: 1.5 }, lacks: {}, found: ['temperature'] },
  { what: 'a temperature of 1', call: { temperature: 1 }, lacks: {}, found: [] },
];

describe('findUnsupported', () => {
  it.each(CASES)('finds $found for $what where the target lacks $lacks', ({ call, lacks, found }) => {
    expect(findUnsupported(aCall(call), aTarget({ capabilities: { ...ALL, ...lacks } }))).toEqual(found);
  });

  it.each(CASES.filter(({ found }) => found[0] !== 'temperature'))(
    'finds nothing wrong with $what where the target can',
    ({ call }) => {
      expect(findUnsupported(aCall(call), aTarget({ capabilities: ALL }))).toEqual([]);
    },
  );
});
