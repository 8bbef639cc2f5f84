/** Every route of the gateway function. `template` is also the `endpoint` of records and metrics. */
export const ROUTES = [
  { name: 'chat', method: 'POST', template: '/v1/chat/completions' },
  { name: 'models', method: 'GET', template: '/v1/models' },
  { name: 'model', method: 'GET', template: '/v1/models/{id}' },
  { name: 'request', method: 'GET', template: '/v1/requests/{id}' },
] as const satisfies readonly { name: string; method: string; template: string }[];

type Route = (typeof ROUTES)[number];
export type RouteName = Route['name'];

export type RouteMatch =
  | { kind: 'route'; name: RouteName; template: Route['template']; params: Readonly<Record<string, string>> }
  | { kind: 'method_not_allowed'; template: Route['template']; allow: string }
  | { kind: 'unknown_route' };

/** The decoded segment, or undefined when its percent-encoding is broken. */
const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const matchSegments = (template: string, segments: readonly string[]): Record<string, string> | undefined => {
  const wanted = template.split('/');
  if (wanted.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const got = decode(segments[index] ?? '');
    if (want.startsWith('{')) {
      if (!got) return undefined;
      params[want.slice(1, -1)] = got;
    } else if (got !== want) return undefined;
  }
  return params;
};

/** Finds the route of a request. A parameter is one path segment, percent-decoded; one trailing slash is forgiven. */
export const matchRoute = (method: string, path: string): RouteMatch => {
  const segments = (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  const here = ROUTES.flatMap((route) => {
    const params = matchSegments(route.template, segments);
    return params ? [{ route, params }] : [];
  });
  const [first] = here;
  if (!first) return { kind: 'unknown_route' };
  const match = here.find(({ route }) => route.method === method);
  if (match) return { kind: 'route', name: match.route.name, template: match.route.template, params: match.params };
  return {
    kind: 'method_not_allowed',
    template: first.route.template,
    allow: here.map(({ route }) => route.method).join(', '),
  };
};
