import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { toRefusals, toRestErrorAnswer } from '../error-documents';
import type { AwsService, Incoming } from '../service';
import { decodeWriteRequest, type WriteRequest } from './decode-write-request';
import { createForwarding } from './forwarding';
import { createWorkspace, type Workspace } from './workspace';

/** A workspace of the template. */
export type WorkspaceDefinition = {
  readonly id: string;
  readonly arn: string;
  /** How late a sample may come. */
  readonly outOfOrderSeconds: number;
};

export type PrometheusDeps = {
  readonly accountId: string;
  readonly workspaces: readonly WorkspaceDefinition[];
  readonly onError: (error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** What the workspaces hold. */
export type WrittenMetrics = {
  /** Every series of every workspace, with its last samples. */
  series(): ReturnType<Workspace['series']>;
  metadata(): ReturnType<Workspace['metadata']>;
  /** Has whatever is taken from now on passed on to the remote-write URL of a real Prometheus; undefined ends that. */
  forwardTo(url: string | undefined): void;
};

/** Beyond this a body is refused. How much AWS takes is not documented; nobody needs as much here. */
const LARGEST_BODY = 1024 * 1024;

/** Managed Prometheus: remote write 1.0, into memory. */
export const createPrometheus = (deps: PrometheusDeps): AwsService & { readonly written: WrittenMetrics } => {
  const { accountId, now } = deps;
  const workspaces = new Map(
    deps.workspaces.map((definition) => {
      const { id, outOfOrderSeconds } = definition;
      const workspace = createWorkspace({ outOfOrderSeconds, owner: `${accountId}_${id}`, now });
      return [id, { ...definition, workspace }] as const;
    }),
  );
  const forwarding = createForwarding(deps.onError);
  const all = () => [...workspaces.values()].map(({ workspace }) => workspace);

  return {
    name: 'aps',
    written: {
      series: () => all().flatMap((workspace) => workspace.series()),
      metadata: () => all().flatMap((workspace) => workspace.metadata()),
      forwardTo: forwarding.to,
    },
    read: async (incoming) => {
      const id = readWorkspaceId(incoming);
      const found = workspaces.get(id);
      return {
        operation: 'RemoteWrite',
        accesses: [{ action: 'aps:RemoteWrite', resource: found?.arn ?? `workspace/${id}`, context: {} }],
        tables: [],
        keys: [],
        eventuallyConsistent: false,
        perform: async ({ wait }) => {
          await wait();
          if (found === undefined) throw refuse(404, 'ResourceNotFoundException', `Workspace not found: ${id}`);
          const body = await readBody(incoming);
          const refusal = found.workspace.append(decode(body));
          if (refusal !== undefined) throw refuse(400, 'ValidationException', refusal);
          await forwarding.forward(body);
          return { status: 200, headers: { 'x-amzn-requestid': randomUUID() }, body: Buffer.alloc(0) };
        },
      };
    },
    toErrorAnswer: toRestErrorAnswer,
    refusals: REFUSALS,
  };
};

const readWorkspaceId = ({ method, path }: Incoming): string => {
  const [, id] = /^\/workspaces\/([\w-]+)\/api\/v1\/remote_write$/.exec(path) ?? [];
  if (method === 'POST' && id !== undefined) return id;
  const message = `The local AWS proxy takes remote writes of Managed Prometheus, and not ${method} ${path}.`;
  throw refuse(404, 'UnknownOperationException', message);
};

const HEADERS = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
} as const;

const readBody = async (incoming: Incoming): Promise<Buffer> => {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (incoming.headers[name] !== value) {
      throw refuse(400, 'ValidationException', `The header ${name} must be ${value}, not ${incoming.headers[name]}.`);
    }
  }
  const body = await incoming.readBody();
  if (body.length <= LARGEST_BODY) return body;
  throw refuse(413, 'RequestTooLargeException', `A body of ${body.length} bytes is larger than ${LARGEST_BODY}.`);
};

const decode = (body: Buffer): WriteRequest => {
  try {
    return decodeWriteRequest(body);
  } catch (cause) {
    throw refuse(400, 'ValidationException', `The body is no remote write: ${String(cause)}`);
  }
};

const refuse = (status: number, code: string, message: string) => new AwsError({ code, status, message });

const REFUSALS = toRefusals({
  throttled: { code: 'ThrottlingException', status: 429, message: 'ingestion rate limit exceeded' },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 403,
    message: 'The security token included in the request is invalid.',
  },
  internal: { code: 'InternalServerException', status: 500 },
  denied: { code: 'AccessDeniedException', status: 403 },
});
