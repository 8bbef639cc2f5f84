'use strict';
// What the Node.js runtime of Lambda does around a handler: loads it, asks the Runtime API for one invocation after the
// other, hands over results. Plain JavaScript, because it runs in a process of its own without any build step.

const { join } = require('node:path');
const { patchConsole, setRequestId } = require('./console.cjs');
const { createResponseStream, defineAwslambda, failStream, isStreaming } = require('./response-stream.cjs');
const { describe, fail, failInit, next, respond } = require('./runtime-client.cjs');

let current;

const loadHandler = () => {
  const [file, name] = process.env._HANDLER.split('.');
  const handler = require(join(process.env.LAMBDA_TASK_ROOT, file))[name];
  if (typeof handler !== 'function') throw new Error(`${process.env._HANDLER} is undefined or not exported`);
  return handler;
};

const toContext = (headers) => {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
};

const setTraceHeader = (headers) => {
  const header = headers['lambda-runtime-trace-id'];
  if (header === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = header;
};

const logFailure = (title, error) => console.error(`${title} \t${JSON.stringify(describe(error))}`);

const runStreaming = async (handler, event, context) => {
  const response = createResponseStream(context.awsRequestId);
  current.response = response;
  try {
    await handler(event, response.stream, context);
    await response.accepted;
    if (!response.stream.writableFinished) throw new Error('Response stream is not finished.');
  } catch (error) {
    logFailure('Invoke Error', error);
    await failStream(response, error);
  }
};

const runBuffered = async (handler, event, context) => {
  try {
    const result = await handler(event, context);
    await respond(context.awsRequestId, JSON.stringify(result === undefined ? null : result));
  } catch (error) {
    logFailure('Invoke Error', error);
    await fail(context.awsRequestId, error);
  }
};

const failCurrent = (current, error) =>
  current.response === undefined ? fail(current.id, error) : failStream(current.response, error);

/** As on Lambda, an error that nobody caught ends the process; whoever waits is told first. */
const exitOn = (event, title, code) => {
  process.on(event, async (error) => {
    logFailure(title, error);
    if (current !== undefined) await failCurrent(current, error).catch(() => undefined);
    process.exit(code);
  });
};

const serve = async (handler) => {
  const run = isStreaming(handler) ? runStreaming : runBuffered;
  for (;;) {
    const { headers, body } = await next();
    const context = toContext(headers);
    setTraceHeader(headers);
    setRequestId(context.awsRequestId);
    current = { id: context.awsRequestId };
    await run(handler, JSON.parse(body), context);
    current = undefined;
  }
};

const main = async () => {
  patchConsole();
  defineAwslambda();
  exitOn('uncaughtException', 'Uncaught Exception', 129);
  exitOn('unhandledRejection', 'Unhandled Promise Rejection', 128);
  let handler;
  try {
    handler = loadHandler();
  } catch (error) {
    logFailure('Uncaught Exception', error);
    await failInit(error);
    process.exit(1);
  }
  // The Runtime API only ever goes away together with the machine.
  await serve(handler).catch(() => process.exit(1));
};

main();
