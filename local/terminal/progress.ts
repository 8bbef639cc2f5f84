import type { Paint } from './paint';

/** Tells what is going on until the machine is ready: one line that changes on a terminal, lines below each other elsewhere. */
export type Progress = {
  step(text: string): void;
  end(): void;
};

const CLEAR_LINE = '\r\u001b[2K';

export const createProgress = (output: NodeJS.WritableStream, isTerminal: boolean, paint: Paint): Progress => ({
  step: (text) => void output.write(isTerminal ? `${CLEAR_LINE}${paint('dim', `  ${text} ...`)}` : `  ${text}\n`),
  end: () => {
    if (isTerminal) output.write(CLEAR_LINE);
  },
});
