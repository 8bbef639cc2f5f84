'use strict';
// Loads one bundle in a fresh process, as Lambda's runtime does, and prints what that took.
globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: { from: (stream) => stream } };
const startedAt = process.hrtime.bigint();
require(process.argv[2]);
const milliseconds = Number(process.hrtime.bigint() - startedAt) / 1e6;
process.stdout.write(JSON.stringify({ milliseconds, megabytes: process.memoryUsage().rss / 2 ** 20 }), () =>
  process.exit(),
);
