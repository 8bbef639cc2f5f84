import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { redactFields } from './redact';

/** One line per event: ISO 8601 in UTC, `WARNING` for `WARN` as other systems spell it, every field redacted. */
export class EventFormatter extends LogFormatter {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override formatAttributes(attributes: UnformattedAttributes, fields: LogAttributes): LogItem {
    return new LogItem({
      attributes: {
        timestamp: attributes.timestamp.toISOString(),
        level: attributes.logLevel === 'WARN' ? 'WARNING' : attributes.logLevel,
        message: attributes.message,
        service: attributes.serviceName,
        logger: this.#name,
        ...redactFields(fields),
      },
    });
  }
}
