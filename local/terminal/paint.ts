const CODES = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

/** Colours a text, or leaves it as it is where nobody would see colours. */
export type Paint = (colour: Colour, text: string) => string;

export const createPaint =
  (isTerminal: boolean): Paint =>
  (colour, text) =>
    isTerminal ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
