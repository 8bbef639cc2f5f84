/** What the placeholders of queries are filled with in the examples. */
export const EXAMPLE_VALUES: Readonly<Record<string, string>> = {
  request_id: 'B7tYw9cDx3RaLs5e',
  correlation_id: 'nightly-report-7',
  session_id: 'session-42',
  user_id: '123',
  key_id: 'Qm2xTe7yKd9nLp3s',
  trace_id: '1-69204e80-f1a24cbb8d5f90e1b2a37c44',
};
