import type { Environment } from './environment';
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
  const idle: Idle[] = [];
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
    removeIdle(environment);
    waiting.shift()?.(undefined);
  };
  const removeIdle = (environment: Environment) => {
    const index = idle.findIndex((candidate) => candidate.environment === environment);
    if (index >= 0) clearTimeout(idle.splice(index, 1)[0]?.timer);
  };
  const retire = (environment: Environment) => {
    removeIdle(environment);
    environment.kill();
  };
  const acquire = async (): Promise<Environment> => {
    const free = idle.pop();
    if (free !== undefined) {
      clearTimeout(free.timer);
      return free.environment;
    }
    if (all.size + starting < size) return start();
    const handedOver = await new Promise<Environment | undefined>((resolve) => waiting.push(resolve));
    return handedOver ?? acquire();
  };
  const release = (environment: Environment) => {
    if (environment.isGone()) return;
    const next = waiting.shift();
    if (next !== undefined) return next(environment);
    const timer = setTimeout(() => retire(environment), idleSeconds * 1000).unref();
    idle.push({ environment, timer });
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

type Idle = { readonly environment: Environment; readonly timer: NodeJS.Timeout };
