/** A span of time within a longer one; milliseconds. */
export type Place = { offsetMs: number; durationMs: number; ofMs: number };

const WHOLE = '█';
const HALF = '▌';
const EMPTY = '·';

/** Where a step lies in the whole, `width` characters long. A step that hardly took time still shows. */
export const drawBar = ({ offsetMs, durationMs, ofMs }: Place, width: number): string => {
  const perCharacter = ofMs <= 0 ? 1 : ofMs / width;
  const start = Math.min(width - 1, Math.max(0, Math.floor(offsetMs / perCharacter)));
  const exact = durationMs / perCharacter;
  const length = Math.min(width - start, Math.max(1, Math.round(exact)));
  const bar = exact < 0.5 ? HALF : WHOLE.repeat(length);
  return EMPTY.repeat(start) + bar + EMPTY.repeat(width - start - [...bar].length);
};
