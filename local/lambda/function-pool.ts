import type { Environment } from './environment';
import { createIdleList } from './idle-list';
import type { Invocation, Reply } from './invocation';

/** An invocation that a pool has taken. */
export type PoolReply = {
  readonly reply: Promise<Reply>;
  /** Resolves when the environment that ran it is free again or dead. */
  readonly done: Promise<void>;
};

/** The execution environments of one function: at most `size`, one invocation in each, the others wait in order. */
export type FunctionPool = {
  invoke(invocation: Invocation): Promise<PoolReply>;
  environments(): readonly Environment[];
};

export type FunctionPoolOptions = {
  readonly size: number;
  readonly startEnvironment: () => Promise<Environment>;
  /** An environment that nobody needed for so long is ended. */
  readonly idleSeconds: number;
};

export const createFunctionPool = ({ size, startEnvironment, idleSeconds }: FunctionPoolOptions): FunctionPool => {
  const all = new Set<Environment>();
  const idle = createIdleList<Environment>(idleSeconds, (environment) => environment.kill());
  const waiting: ((environment: Environment | undefined) => void)[] = [];
  let starting = 0;

  const start = async (): Promise<Environment> => {
    starting += 1;
    try {
      const environment = await startEnvironment();
      all.add(environment);
      void environment.gone.then(() => forget(environment));
      return environment;
    } finally {
      starting -= 1;
    }
  };
  /** Somebody may be waiting for the place that the dead one leaves. */
  const forget = (environment: Environment) => {
    all.delete(environment);
    idle.remove(environment);
    waiting.shift()?.(undefined);
  };
  const acquire = async (): Promise<Environment> => {
    const free = idle.take();
    if (free !== undefined) return free;
    if (all.size + starting < size) return start();
    const handedOver = await new Promise<Environment | undefined>((resolve) => waiting.push(resolve));
    return handedOver ?? acquire();
  };
  const release = (environment: Environment) => {
    if (environment.isGone()) return;
    const next = waiting.shift();
    if (next === undefined) idle.put(environment);
    else next(environment);
  };

  return {
    invoke: async (invocation) => {
      const environment = await acquire();
      const { reply, done } = environment.invoke(invocation);
      void done.then(() => release(environment));
      return { reply, done };
    },
    environments: () => [...all],
  };
};
