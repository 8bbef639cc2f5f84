/** Collects the lines that `work` writes to stdout and stderr, in order. */
export const capturedOutput = async (work: () => unknown): Promise<string[]> => {
  const texts: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      texts.push(String(chunk));
      return true;
    };
  }
  try {
    await work();
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
  return texts.join('').split('\n').filter(Boolean);
};
