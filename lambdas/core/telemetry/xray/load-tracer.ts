/**
 * Powertools' Tracer and the classes of the X-Ray SDK under it. They take tens of milliseconds to load, so that is put
 * off until the first sampled request has been answered.
 */
export const loadTracer = async (serviceName: string) => {
  const { Tracer, Subsegment, setStreamingThreshold } = await import('./powertools-tracer');
  // Under Lambda the SDK sends every step by itself as soon as it is added; here a tree goes out whole.
  setStreamingThreshold(Number.MAX_SAFE_INTEGER);
  // One is enough: it is filled in and read off step by step, without an await in between.
  const form = new Subsegment(serviceName);
  return { tracer: new Tracer({ serviceName, captureHTTPsRequests: false }), form, serviceName };
};

export type LoadedTracer = Awaited<ReturnType<typeof loadTracer>>;
