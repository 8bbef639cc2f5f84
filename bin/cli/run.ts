import type { Paint } from '../../local/terminal/paint';

/** What a command line asks of a command that it carries out itself. */
export type Asked = {
  /** The values of its argument and options, by field. */
  fields: Readonly<Record<string, unknown>>;
  /** A deployed stack; absent means the local machine. */
  stack: string | undefined;
  region: string | undefined;
  /** Print for programs. */
  json: boolean;
};

/** Where a command line runs. */
export type Surroundings = {
  out(text: string): void;
  /** Where a running local machine describes itself. */
  localFile: string;
  paint: Paint;
  /** Milliseconds since the epoch. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** Ends a command that would go on until it is interrupted. */
  signal?: AbortSignal;
};

/** Carries out a command and prints what there is to see. Throws `UsageError`. */
export type Run = (asked: Asked, surroundings: Surroundings) => Promise<void>;
