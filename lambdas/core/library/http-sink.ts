import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { type Report, type Sink, SinkError } from './sink';

export type HttpSinkOptions = {
  /** Where Fluxgate answers: the `ApiUrl` of the stack, without `/v1`. */
  url: string;
  /** A key with the scope `telemetry`. */
  apiKey: string;
  /** The longest one try may take. @default 5000 */
  timeoutMs?: number;
  /** Tries of one report, the first included. @default 3 */
  tries?: number;
};

const FIRST_PAUSE_MS = 200;

/** Sends reports to `POST /v1/telemetry`, for services outside the stack. A repeat is recognised by the report's id. */
export const createHttpSink = ({ url, apiKey, timeoutMs = 5_000, tries = 3 }: HttpSinkOptions): Sink => {
  const endpoint = new URL(`${url.replace(/\/+$/, '')}/v1/telemetry`);

  const trySink = async (report: Report): Promise<SinkError | undefined> => {
    try {
      const { status, body } = await post(endpoint, { report, apiKey, timeoutMs });
      if (status === 200 || status === 202) return undefined;
      const message = `Fluxgate answered ${status} to a report: ${messageIn(body)}`;
      return new SinkError(message, { retryable: status === 429 || status >= 500 });
    } catch (cause) {
      return new SinkError(`Fluxgate cannot be reached at ${endpoint.origin}.`, { retryable: true, cause });
    }
  };

  return async (report) => {
    for (let tried = 1; ; tried += 1) {
      const error = await trySink(report);
      if (error === undefined) return;
      if (!error.retryable || tried >= tries) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random() / 2));
    }
  };
};

type Posted = { report: Report; apiKey: string; timeoutMs: number };

const post = (endpoint: URL, { report, apiKey, timeoutMs }: Posted): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const body = Buffer.from(JSON.stringify({ service: report.service, events: report.events }));
    const send = endpoint.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(endpoint, {
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': body.length,
        'idempotency-key': report.id,
      },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      text(response).then((read) => resolve({ status: response.statusCode ?? 0, body: read }), reject);
    });
    sent.end(body);
  });

const refusal = v.object({ error: v.object({ message: v.string() }) });

const messageIn = (body: string): string => {
  try {
    return v.parse(refusal, JSON.parse(body)).error.message;
  } catch {
    // An answer of something before the gateway: its text says nothing that is known here.
    return 'without a reason.';
  }
};
