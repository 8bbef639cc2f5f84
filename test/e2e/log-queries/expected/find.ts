import { column, sameRequests } from './compare';
import type { Expected } from './facts';

export const OF_FIND = {
  'One request': (rows, { load }) => ({
    found: [...new Set(rows.map(({ event, request_id }) => `${event} ${request_id}`))].sort(),
    expected: ['fallback_success', 'provider_failed_fallback', 'provider_request_failed', 'request_completed'].map(
      (event) => `${event} ${load.ids.fallback}`,
    ),
  }),
  'One correlation id': (rows, { load }) => ({
    found: [...new Set(column(rows, 'request_id'))].sort(),
    expected: [load.ids.fallback, load.ids.failed].sort(),
  }),
  'One session': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ sessionId }) => sessionId === 'queried-session'),
    ),
  'One user': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ userId }) => userId === 'user-123'),
    ),
  'One key': (rows, { records, load }) =>
    sameRequests(
      rows,
      records.filter(({ keyId }) => keyId === load.key.keyId),
    ),
  'One trace': (rows, { load }) => ({
    found: [...new Set(column(rows, 'request_id'))],
    expected: [load.ids.failed],
  }),
} satisfies Expected;
