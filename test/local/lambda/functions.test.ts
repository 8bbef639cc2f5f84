import { once } from 'node:events';
import { FunctionNotFound } from '../../../local/aws/lambda/function-not-found';
import { RequestTooLarge } from '../../../local/lambda/functions';
import { readReply } from '../../../local/lambda/read-reply';
import { type RunningFunctions, runFunction } from './running-functions';

let running: RunningFunctions | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const start = (...args: Parameters<typeof runFunction>): RunningFunctions => {
  running = runFunction(...args);
  return running;
};

const call = async (functions: RunningFunctions, event: unknown = {}, traceHeader?: string) => {
  const payload = Buffer.from(JSON.stringify(event));
  const { payload: answer, functionError } = await readReply(
    await functions.invoke({ functionName: 'subject', payload, traceHeader }),
  );
  return { answer: JSON.parse(answer.toString()), functionError };
};

describe('a buffered function', () => {
  it('gets the event and answers with what its handler returns', async () => {
    const functions = start('exports.handler = async (event) => ({ doubled: event.n * 2 });');

    const { answer, functionError } = await call(functions, { n: 21 });

    expect(answer).toEqual({ doubled: 42 });
    expect(functionError).toBeUndefined();
  });

  it('runs every call in the same warm process, one at a time', async () => {
    const functions = start(`
      let calls = 0, active = 0;
      exports.handler = async () => {
        active += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        const seen = active;
        active -= 1;
        return { calls: ++calls, seen, pid: process.pid };
      };`);

    const answers = await Promise.all([call(functions), call(functions), call(functions)]);

    expect(answers.map(({ answer }) => answer.calls)).toEqual([1, 2, 3]);
    expect(answers.map(({ answer }) => answer.seen)).toEqual([1, 1, 1]);
    expect(new Set(answers.map(({ answer }) => answer.pid)).size).toBe(1);
  });

  it('spreads concurrent calls over as many processes as it may have', async () => {
    const functions = start(
      `exports.handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return process.pid;
      };`,
      { environmentsPerFunction: 2 },
    );

    const answers = await Promise.all([call(functions), call(functions), call(functions)]);

    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(2);
  });

  it('has no more processes than its reserved concurrency', async () => {
    const functions = start('exports.handler = async () => process.pid;', {
      environmentsPerFunction: 4,
      reservedConcurrency: 1,
    });

    await Promise.all([call(functions), call(functions), call(functions)]);

    expect(functions.environments()).toHaveLength(1);
  });

  it('sees the environment of its template, that of Lambda, and nothing of the machine', async () => {
    process.env.FLUXGATE_LEAK = 'must not be seen';
    const functions = start('exports.handler = async () => ({ env: process.env, cwd: process.cwd() });');

    const { answer } = await call(functions);

    delete process.env.FLUXGATE_LEAK;
    expect(answer.env).toMatchObject({
      GREETING: 'hello',
      AWS_LAMBDA_FUNCTION_NAME: 'subject',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'LOCAL1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2',
      TZ: ':UTC',
    });
    expect(answer.env).not.toHaveProperty('FLUXGATE_LEAK');
    expect(answer.cwd).toBe(answer.env.LAMBDA_TASK_ROOT);
  });

  it('cannot load a module that is not in its bundle', async () => {
    const functions = start("exports.handler = async () => require('valibot');");

    const { answer, functionError } = await call(functions);

    expect(functionError).toBe('Unhandled');
    expect(answer.errorMessage).toContain("Cannot find module 'valibot'");
  });

  it('knows from its context who it is and how long it has', async () => {
    const functions = start(
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
    );

    const { answer } = await call(functions);

    expect(answer).toMatchObject({
      functionName: 'subject',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:subject',
      logGroupName: '/aws/lambda/subject',
    });
    expect(answer.left).toBeGreaterThan(8_000);
    expect(answer.left).toBeLessThanOrEqual(10_000);
  });

  it('reports what its handler throws, and serves the next call', async () => {
    const functions = start(
      "exports.handler = async (event) => { if (event.fail) throw new TypeError('no such thing'); return process.pid; };",
    );

    const failed = await call(functions, { fail: true });
    const next = await call(functions);

    expect(failed.functionError).toBe('Unhandled');
    expect(failed.answer).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such thing' });
    expect(next.answer).toBe(functions.environments()[0]?.processId);
  });

  it('reports a module that does not load', async () => {
    const functions = start("throw new Error('bad configuration');");

    const { answer, functionError } = await call(functions);

    expect(functionError).toBe('Unhandled');
    expect(answer.errorMessage).toBe('bad configuration');
  });

  it('reports a process that exits, and starts another for the next call', async () => {
    const functions = start(
      'exports.handler = async (event) => { if (event.exit) process.exit(3); return process.pid; };',
    );

    const first = await call(functions);
    const crashed = await call(functions, { exit: true });
    const next = await call(functions);

    expect(crashed.answer.errorType).toBe('Runtime.ExitError');
    expect(crashed.answer.errorMessage).toContain('exit status 3');
    expect(next.answer).not.toBe(first.answer);
  });

  it('reports a process that was killed from outside', async () => {
    const functions = start(
      "exports.handler = async () => { console.log('working'); await new Promise(() => setTimeout(() => {}, 9000)); };",
    );

    const answer = call(functions);
    await functions.line('working');
    process.kill(functions.environments()[0]?.processId ?? 0, 'SIGKILL');

    expect((await answer).answer.errorMessage).toContain('signal: SIGKILL');
  });

  it('is killed when its time is up, even in an endless loop', async () => {
    const functions = start('exports.handler = async (event) => { while (event.loop) {} return process.pid; };', {
      timeoutSeconds: 1,
    });

    const timedOut = await call(functions, { loop: true });
    const next = await call(functions);

    expect(timedOut.answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(timedOut.answer.errorMessage).toContain('Task timed out after 1.00 seconds');
    expect(next.answer).toEqual(expect.any(Number));
  });

  it('rejects an event over 6 MB without running', async () => {
    const functions = start('exports.handler = async () => 1;');

    const refused = functions.invoke({ functionName: 'subject', payload: Buffer.alloc(6 * 1024 * 1024 + 1) });

    await expect(refused).rejects.toBeInstanceOf(RequestTooLarge);
    expect(functions.environments()).toEqual([]);
  });

  it('rejects a name that no function has', async () => {
    const functions = start('exports.handler = async () => 1;');

    const refused = functions.invoke({ functionName: 'nobody', payload: Buffer.from('{}') });

    await expect(refused).rejects.toBeInstanceOf(FunctionNotFound);
  });
});

describe('a streaming function', () => {
  const STREAMING = (body: string) =>
    `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;
  const invoke = (functions: RunningFunctions) =>
    functions.invoke({ functionName: 'subject', payload: Buffer.from('{}') });

  it('answers with its first byte, long before its last', async () => {
    const functions = start(
      STREAMING("stream.write('first'); await new Promise((r) => setTimeout(r, 500)); stream.end('last');"),
    );

    const reply = await invoke(functions);
    const [first] = await once(reply.body, 'data');
    const [last] = await once(reply.body, 'data');

    expect(reply.streamed).toBe(true);
    expect(String(first)).toBe('first');
    expect(String(last)).toBe('last');
  });

  it('sends the head of an HTTP answer before its first byte', async () => {
    const functions = start(
      STREAMING(
        "const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } }); http.write('body'); http.end();",
      ),
    );

    const reply = await invoke(functions);
    const { payload } = await readReply(reply);

    expect(reply.contentType).toBe('application/vnd.awslambda.http-integration-response');
    expect(payload.toString()).toBe(`{"statusCode":201,"headers":{"a":"b"}}${'\0'.repeat(8)}body`);
  });

  it('is held back when nobody reads', async () => {
    const functions = start(
      STREAMING(
        "let full = false; for (let i = 0; i < 64 && !full; i++) full = !stream.write(Buffer.alloc(1 << 20)); console.log(full ? 'held back' : 'never'); stream.end();",
      ),
    );

    const reply = await invoke(functions);

    expect(await functions.line('\tINFO\t')).toContain('held back');
    reply.body.resume();
  });

  it('fails its body when it throws after the first byte', async () => {
    const functions = start(STREAMING("stream.write('begun'); throw new Error('midway');"));

    const { payload, functionError } = await readReply(await invoke(functions));

    expect(functionError).toBe('Unhandled');
    expect(payload.toString()).toContain('died while it answered');
  });

  it('fails its body when its process dies after the first byte', async () => {
    const functions = start(
      STREAMING("stream.write('begun'); setTimeout(() => process.exit(1), 50); await new Promise(() => {});"),
    );

    const { functionError } = await readReply(await invoke(functions));

    expect(functionError).toBe('Unhandled');
  });

  it('serves the next call after one that failed midway', async () => {
    const functions = start(
      STREAMING(
        "stream.write('x'); if (!globalThis.again) { globalThis.again = true; throw new Error('midway'); } stream.end('y');",
      ),
    );

    await readReply(await invoke(functions));
    const { payload } = await readReply(await invoke(functions));

    expect(payload.toString()).toBe('xy');
  });
});

describe('the log of a function', () => {
  it('holds its lines between those of the platform, in the order in which they were written', async () => {
    const functions = start(
      "exports.handler = async (event, context) => { console.log('one'); process.stdout.write('{\"two\":2}\\n'); };",
    );

    await call(functions);
    await functions.line('REPORT');

    const [init, begin, one, two, end, report] = functions.lines;
    expect(functions.lines).toHaveLength(6);
    expect(init).toBe('INIT_START Runtime Version: nodejs24.x');
    expect(begin).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    expect(one).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tINFO\tone$/);
    expect(two).toBe('{"two":2}');
    expect(end).toMatch(/^END RequestId: /);
    expect(report).toMatch(
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\t.*Memory Size: 256 MB.*Init Duration: [\d.]+ ms/,
    );
  });
});

describe('the log of a function in JSON format', () => {
  it('wraps what goes through console and leaves alone what is written to standard output', async () => {
    const functions = start(
      `exports.handler = async () => {
        console.log('{"_aws":1}');
        console.debug('not this');
        console.warn('careful', new TypeError('odd'));
        console.error(new RangeError('far'));
        process.stdout.write('{"_aws":2}\\n');
      };`,
      { logFormat: 'JSON', logLevel: 'INFO' },
    );

    await call(functions);
    await functions.line('platform.report');

    const lines = functions.lines.map((text) => JSON.parse(text));
    expect(lines).toMatchObject([
      { type: 'platform.initStart' },
      { type: 'platform.start' },
      { level: 'INFO', message: '{"_aws":1}' },
      { level: 'WARN', message: expect.stringContaining('careful'), errorType: 'TypeError', errorMessage: 'odd' },
      { level: 'ERROR', message: { errorType: 'RangeError', errorMessage: 'far' } },
      { _aws: 2 },
      { type: 'platform.report', record: { status: 'success' } },
    ]);
  });
});

describe('tracing', () => {
  const HEADER = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const ECHO = 'exports.handler = async () => process.env._X_AMZN_TRACE_ID;';

  it("gives the function a parent that is the segment made for it, below the caller's", async () => {
    const functions = start(ECHO);

    const { answer } = await call(functions, {}, HEADER);
    await functions.line('REPORT');

    const [service, own] = functions.segments;
    expect(answer).toBe(`Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${own?.id};Sampled=1`);
    expect(own).toMatchObject({ origin: 'AWS::Lambda::Function', parent_id: service?.id });
    expect(service).toMatchObject({ origin: 'AWS::Lambda', parent_id: '53995c3f42cd8ad8' });
  });

  it('makes no segment when the caller decided against it', async () => {
    const functions = start(ECHO);

    const { answer } = await call(functions, {}, HEADER.replace('Sampled=1', 'Sampled=0'));
    await functions.line('REPORT');

    expect(answer).toContain('Sampled=0');
    expect(functions.segments).toEqual([]);
  });

  it('names a new trace for every call of a warm process', async () => {
    const functions = start(ECHO);

    const { answer: first } = await call(functions);
    const { answer: second } = await call(functions);

    expect(first).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
    expect(second).not.toBe(first);
  });
});

describe('a frozen environment', () => {
  it('stands still between calls and goes on with the next one', async () => {
    const functions = start(
      `let ticks = 0;
      setInterval(() => { ticks += 1; }, 10);
      exports.handler = async () => ticks;`,
      { freeze: true },
    );

    const { answer: before } = await call(functions);
    await functions.line('REPORT');
    await new Promise((resolve) => setTimeout(resolve, 400));
    const { answer: after } = await call(functions);

    expect(after - before).toBeLessThan(10);
  });
});
