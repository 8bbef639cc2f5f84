import type { Integration, RestApi, Route } from './rest-api';

export type Matched = {
  readonly route: Route;
  readonly integration: Integration;
  /** The values of `{name}` and `{name+}` in the route's path, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

/**
 * Finds the method of a REST API that answers a request, undefined where API Gateway says "Missing Authentication Token".
 * The most specific resource wins: a fixed segment before `{name}` before `{name+}`. When that resource lacks the method,
 * no less specific one is tried.
 */
export const matchRoute = (api: RestApi, method: string, path: string): Matched | undefined => {
  const segments = toSegments(path);
  const [best] = api.routes
    .filter((route) => matchesSegments(route.segments, segments))
    .filter(({ methods }) => Object.keys(methods).length > 0)
    .sort((left, right) => compareSpecificity(left.segments, right.segments));
  const integration = best?.methods[method] ?? best?.methods.ANY;
  if (best === undefined || integration === undefined) return undefined;
  return { route: best, integration, pathParameters: readParameters(best.segments, segments) };
};

/** A trailing slash makes no difference to a REST API. */
const toSegments = (path: string): readonly string[] => path.replace(/\/$/, '').split('/').slice(1);

const isGreedy = (pattern: string): boolean => pattern.endsWith('+}');

const isParameter = (pattern: string): boolean => pattern.startsWith('{');

const matchesSegments = (patterns: readonly string[], segments: readonly string[]): boolean => {
  const last = patterns.at(-1);
  const fits =
    last !== undefined && isGreedy(last) ? segments.length >= patterns.length : segments.length === patterns.length;
  return fits && patterns.every((pattern, index) => isParameter(pattern) || pattern === segments[index]);
};

const rank = (pattern: string | undefined): number =>
  pattern === undefined || isGreedy(pattern) ? 2 : isParameter(pattern) ? 1 : 0;

const compareSpecificity = (left: readonly string[], right: readonly string[]): number => {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = rank(left[index]) - rank(right[index]);
    if (difference !== 0) return difference;
  }
  return right.length - left.length;
};

const readParameters = (patterns: readonly string[], segments: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    patterns.flatMap((pattern, index) => {
      if (!isParameter(pattern)) return [];
      const value = isGreedy(pattern) ? segments.slice(index).join('/') : (segments[index] ?? '');
      return [[pattern.replace(/[{}+]/g, ''), decode(value)] as const];
    }),
  );

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    // What is not valid percent-encoding stands for itself.
    return value;
  }
};
