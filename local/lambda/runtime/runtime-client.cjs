'use strict';

const http = require('node:http');

const API = '/2018-06-01/runtime';
const separator = process.env.AWS_LAMBDA_RUNTIME_API.lastIndexOf(':');
const host = {
  hostname: process.env.AWS_LAMBDA_RUNTIME_API.slice(0, separator),
  port: Number(process.env.AWS_LAMBDA_RUNTIME_API.slice(separator + 1)),
};
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

const send = (method, path, headers, body) =>
  new Promise((resolve, reject) => {
    const request = http.request({ ...host, agent, method, path: API + path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
    });
    request.on('error', reject);
    request.end(body);
  });

const post = (path, body, headers = {}) => {
  const length = Buffer.byteLength(body);
  return send('POST', path, { 'Content-Type': 'application/json', 'Content-Length': length, ...headers }, body);
};

/** An error as Lambda reports it to the invoker. */
const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/** Waits, as long as it takes, for an invocation. */
const next = () => send('GET', '/invocation/next', {});

const respond = (id, json) => post(`/invocation/${id}/response`, json);

const postError = (path, error) => {
  const described = describe(error);
  return post(path, JSON.stringify(described), { 'Lambda-Runtime-Function-Error-Type': described.errorType });
};

const fail = (id, error) => postError(`/invocation/${id}/error`, error);

const failInit = (error) => postError('/init/error', error);

/** Opens the response of a streaming handler. */
const openStream = (id) =>
  http.request({
    ...host,
    agent,
    method: 'POST',
    path: `${API}/invocation/${id}/response`,
    headers: {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
      'Content-Type': 'application/octet-stream',
      'Transfer-Encoding': 'chunked',
    },
  });

module.exports = { describe, fail, failInit, next, openStream, respond };
