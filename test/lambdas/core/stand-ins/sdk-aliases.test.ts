import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { collect } from '../../../../lambdas/core/chat/collect';
import { SDK_ALIASES } from '../../../../lambdas/core/stand-ins/sdk-aliases';
import { aCall } from '../../../support/call';
import { aTarget } from '../../../support/target';
import { beginStream, frame, startWireServer, type WireServer } from '../providers/bedrock/wire-server';

const ROOT = join(__dirname, '../../../..');
const ENTRY = `
  import { createBedrockProvider } from './lambdas/core/providers/bedrock/bedrock';
  import { createBedrockClient, createConverseClient } from './lambdas/core/providers/bedrock/converse-client';
  export const createProvider = (env) =>
    createBedrockProvider(createConverseClient(createBedrockClient({ env, region: 'us-east-1', headTimeoutMs: 5000 })));
`;

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bundle-'));
const outfile = join(folder, 'index.js');

const bundle = () =>
  buildSync({
    absWorkingDir: ROOT,
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    outfile,
    metafile: true,
    alias: SDK_ALIASES,
    // An import() of node:http loads undici on Node 22 and newer; a require() does not.
    supported: { 'dynamic-import': false },
  });

const filesIn = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );

const modulesIn = ({ inputs }: Metafile): string[] =>
  Object.values(inputs).flatMap(({ imports }) => imports.map(({ path }) => path));

describe('a bundle with stand-ins', () => {
  const { metafile } = bundle();
  let server: WireServer;

  beforeAll(async () => {
    server = await startWireServer();
    process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = server.url;
  });

  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME;
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  it('answers calls', async () => {
    server.answerWith(({ response }) => {
      beginStream(response);
      response.write(frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello.' } }));
      response.end(frame('messageStop', { stopReason: 'end_turn' }));
    });
    const { createProvider } = require(outfile);
    const provider = createProvider({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
    const options = { maxOutputTokens: 10, metadata: {}, signal: new AbortController().signal };

    const answer = await collect(provider.stream(aTarget(), aCall(), options));

    expect(answer.text).toBe('Hello.');
  });

  it('holds no credential chain and none of its clients', () => {
    const chain = /nested-clients|credential-provider-(sso|ini|node|process)|token-providers/;

    expect(filesIn(metafile).filter((path) => chain.test(path))).toEqual([]);
  });

  it('does not load HTTP/2', () => {
    expect(modulesIn(metafile)).toContain('node:https');
    expect(modulesIn(metafile)).not.toContain('node:http2');
  });
});
