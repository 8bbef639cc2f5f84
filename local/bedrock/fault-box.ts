import { type Fault, type FaultKind, readFault } from './fault';

/** Change what the answer says, and go along with one of the faults that change how it arrives. */
const SHAPING: readonly FaultKind[] = ['usage', 'no-usage', 'empty'];

export type Occasion = {
  modelId: string;
  /** The user's own words: faults of a marker are counted per text. */
  text: string;
  /** Faults that the request asks for itself. */
  asked: readonly Fault[];
};

/** Faults that strike one request: at most one in how the answer arrives, any number in what it says. */
export type Strike = { delivery: Fault | undefined; shaping: readonly Fault[] };

type Armed = { fault: Fault; countedAs: string };

/** Remembers which faults are armed and how often each has struck. */
export const createFaultBox = () => {
  let armed: Armed[] = [];
  let struck = new Map<string, number>();
  let armings = 0;

  const isDue = ({ fault: { times, model }, countedAs }: Armed, modelId: string): boolean =>
    (model === undefined || modelId.includes(model)) && (times === undefined || (struck.get(countedAs) ?? 0) < times);

  return {
    /** Arms a fault for all requests to come, in the grammar of a marker. Throws on a misspelt one. */
    arm(text: string): void {
      armings += 1;
      armed.push({ fault: readFault(text), countedAs: `armed ${armings}` });
    },
    armed: (): readonly string[] => armed.map(({ fault }) => fault.text),
    /** Disarms every fault and forgets how often each has struck. */
    clear(): void {
      armed = [];
      struck = new Map();
    },
    /** The faults that strike this request; each is counted. */
    strike({ modelId, text, asked }: Occasion): Strike {
      const own = asked.map((fault) => ({ fault, countedAs: `asked ${fault.text} by ${text}` }));
      const due = [...own, ...armed].filter((candidate) => isDue(candidate, modelId));
      const shaping = due.filter(({ fault }) => SHAPING.includes(fault.kind));
      const delivery = due.find(({ fault }) => !SHAPING.includes(fault.kind));
      for (const { countedAs } of delivery ? [...shaping, delivery] : shaping)
        struck.set(countedAs, (struck.get(countedAs) ?? 0) + 1);
      return { delivery: delivery?.fault, shaping: shaping.map(({ fault }) => fault) };
    },
  };
};

export type FaultBox = ReturnType<typeof createFaultBox>;
