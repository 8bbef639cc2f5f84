import type { EventEntry } from '../../lambdas/core/telemetry/log-events';
import { LIBRARY_EVENTS } from '../../lambdas/core/telemetry/log-events/library';
import { OPERATION_EVENTS } from '../../lambdas/core/telemetry/log-events/operation';
import { ENDING_FIELDS, REQUEST_EVENTS } from '../../lambdas/core/telemetry/log-events/request';
import { LOG_FIELDS } from '../../lambdas/core/telemetry/log-schema';
import { AFTER_FIELDS, INTRODUCTION } from './logs/prose';

const code = (text: string): string => `\`${text}\``;

const levelOf = ({ level, raised }: EventEntry): string =>
  raised === undefined ? level : `${level}; ${raised.to} when ${raised.because}`;

const fieldsOf = ({ fields }: EventEntry): string =>
  fields === ENDING_FIELDS ? 'those of the terminal line' : fields.map(code).join(', ');

const toEventRow = ([name, entry]: [string, EventEntry]): string =>
  `| ${[code(name), levelOf(entry), entry.message, fieldsOf(entry), entry.aliases?.join(', ') ?? 'none'].join(' | ')} |`;

const toEventTable = (events: Readonly<Record<string, EventEntry>>): string =>
  ['| Event | Level | Message | Own fields | Elsewhere called |', '| --- | --- | --- | --- | --- |']
    .concat(Object.entries(events).map(toEventRow))
    .join('\n');

const FIELD_TABLE = ['| Field | Type | What |', '| --- | --- | --- |']
  .concat(Object.entries(LOG_FIELDS).map(([name, { type, is }]) => `| ${code(name)} | ${type} | ${is} |`))
  .join('\n');

/** docs/logs.md. */
export const toMarkdown = (): string =>
  [
    INTRODUCTION,
    '## Events\n\nThe first three end a request. Beside its own fields, an event of a request has the ids that are known by then.\n',
    `### Of requests\n\n${toEventTable(REQUEST_EVENTS)}\n`,
    `### Of the functions themselves\n\n${toEventTable(OPERATION_EVENTS)}\n`,
    `### Of services around the gateway, through the library\n\n${toEventTable(LIBRARY_EVENTS)}\n`,
    `## Fields\n\nThe terminal line has these: ${ENDING_FIELDS.map(code).join(', ')}.\n`,
    `${FIELD_TABLE}\n`,
    AFTER_FIELDS,
  ].join('\n');
