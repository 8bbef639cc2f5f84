'use strict';

const { format } = require('node:util');

let requestId = 'undefined';

/** Names the request whose lines follow. */
const setRequestId = (id) => {
  requestId = id;
};

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };

const textLine = (level, values) => [new Date().toISOString(), requestId, level, format(...values)].join('\t');

const describe = (error) => ({
  errorType: error.constructor.name,
  errorMessage: error.message,
  stackTrace: (error.stack ?? '').split('\n'),
});

const jsonLine = (level, values) => {
  const error = values.length > 1 ? values.find((value) => value instanceof Error) : undefined;
  return JSON.stringify(
    {
      timestamp: new Date().toISOString(),
      level,
      requestId,
      message: values.length === 1 ? values[0] : format(...values),
      ...(error === undefined ? {} : describe(error)),
    },
    (_key, value) => (value instanceof Error ? describe(value) : value),
  );
};

const ORDER = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Makes `console` write as on Lambda: one event per call, a newline inside it as a carriage return. */
const patchConsole = () => {
  const toLine = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON' ? jsonLine : textLine;
  const lowest = ORDER.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE');
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...values) => {
      if (ORDER.indexOf(level) < lowest) return;
      process.stdout.write(`${toLine(level, values).replaceAll('\n', '\r')}\n`);
    };
  }
};

module.exports = { patchConsole, setRequestId };
