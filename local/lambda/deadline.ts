export type DeadlineOptions = {
  readonly initLimitSeconds: number;
  readonly timeoutSeconds: number;
  readonly kill: () => void;
};

/** Kills a process whose module does not load, or whose handler does not end, in time. */
export type Deadline = {
  /** The handler gets its event: its own time runs from now on. */
  begin(): void;
  hasBegun(): boolean;
  /** How long the handler has been at work; 0 before it began. */
  elapsedMs(): number;
  /** Whether the handler had its time and did not end. */
  isOver(): boolean;
  stop(): void;
};

/** Starts with the time that the module has to load. */
export const createDeadline = ({ initLimitSeconds, timeoutSeconds, kill }: DeadlineOptions): Deadline => {
  let beganAt: number | undefined;
  let over = false;
  let timer = setTimeout(kill, initLimitSeconds * 1000);
  return {
    begin: () => {
      clearTimeout(timer);
      beganAt = performance.now();
      timer = setTimeout(() => {
        over = true;
        kill();
      }, timeoutSeconds * 1000);
    },
    hasBegun: () => beganAt !== undefined,
    elapsedMs: () => (beganAt === undefined ? 0 : performance.now() - beganAt),
    isOver: () => over,
    stop: () => clearTimeout(timer),
  };
};
