/**
 * The X-Ray SDK's document classes, and nothing else of it: its entry point, which Powertools Tracer loads, turns on
 * async hooks for the whole process, which makes every promise of every later request some twenty times slower.
 */
export const loadClasses = async () => {
  const [{ default: Segment }, { default: Subsegment }] = await Promise.all([
    import('aws-xray-sdk-core/dist/lib/segments/segment'),
    import('aws-xray-sdk-core/dist/lib/segments/attributes/subsegment'),
  ]);
  return { Segment, Subsegment };
};

export type XRayClasses = Awaited<ReturnType<typeof loadClasses>>;
export type Segment = InstanceType<XRayClasses['Segment']>;
export type Subsegment = InstanceType<XRayClasses['Subsegment']>;
