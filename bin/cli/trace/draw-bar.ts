/** A span of time within a longer one; milliseconds. */
export type Place = { offsetMs: number; durationMs: number; ofMs: number };

const WHOLE = '█';
const HALF = '▌';
const EMPTY = '·';

/** Where a step lies in the whole, `width` characters long. A step that hardly took time still shows. */
export const drawBar = ({ offsetMs, durationMs, ofMs }: Place, width: number): string => {
  const perCharacter = ofMs <= 0 ? 1 : ofMs / width;
  const start = Math.min(width - 1, Math.max(0, Math.floor(offsetMs / perCharacter)));
  const end = Math.min(width, Math.max(start + 1, Math.round((offsetMs + durationMs) / perCharacter)));
  const bar = durationMs < perCharacter / 2 ? HALF : WHOLE.repeat(end - start);
  return EMPTY.repeat(start) + bar + EMPTY.repeat(width - start - bar.length);
};
