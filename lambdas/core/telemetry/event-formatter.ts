import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { redactFields } from './redaction/redact';

export type LineHead = { timestamp: Date; level: string; message: string; service: string; logger: string };

/** The attributes of one line: ISO 8601 in UTC, `WARNING` for `WARN` as other systems spell it, every field redacted. */
export const toLine = (head: LineHead, fields: object): Record<string, unknown> => ({
  timestamp: head.timestamp.toISOString(),
  level: head.level === 'WARN' ? 'WARNING' : head.level,
  message: head.message,
  service: head.service,
  logger: head.logger,
  ...redactFields(fields),
});

/** One line per event. */
export class EventFormatter extends LogFormatter {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override formatAttributes(attributes: UnformattedAttributes, fields: LogAttributes): LogItem {
    const { timestamp, logLevel: level, message, serviceName: service } = attributes;
    return new LogItem({ attributes: toLine({ timestamp, level, message, service, logger: this.#name }, fields) });
  }
}
