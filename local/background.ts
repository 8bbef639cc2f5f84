import type { Closers } from './closers';
import { expireItems } from './dynamodb/expire-items';
import { runExpiry } from './dynamodb/run-expiry';
import type { Foundation } from './foundation';
import { runEventSources } from './run-event-sources';
import { runSchedules } from './schedules/run-schedules';
import type { Services } from './services';

/** What goes on without being asked for. */
export type Background = {
  /** Deletes what has expired, at once. */
  expireItems(): Promise<void>;
};

/** Starts the pollers of streams, the schedules and time to live. */
export const runInBackground = (foundation: Foundation, services: Services, closers: Closers): Background => {
  const { assembly, state, fail } = foundation;
  const { database, streams, principals, awsProxy, invoke } = services;
  const eventSources = runEventSources({
    assembly,
    principals,
    streams,
    awsEndpoint: awsProxy.url,
    checkpointsFile: state.checkpointsFile,
    invoke,
    onFailure: fail,
  });
  closers.add(eventSources.stop);

  const { region, accountId } = assembly.place;
  const schedules = runSchedules(assembly.schedules, {
    region,
    accountId,
    invoke: async (functionName, payload) => {
      const { functionError, payload: answer } = await invoke(functionName, payload);
      if (functionError !== undefined) fail(functionName, `A scheduled run failed: ${answer.toString('utf8')}`);
    },
    onFailure: fail,
  });
  closers.add(schedules.stop);

  const expiry = runExpiry({
    client: database,
    tables: assembly.tables,
    onExpired: eventSources.markExpired,
    onFailure: (error) => fail('time to live', error),
  });
  closers.add(expiry.stop);
  return { expireItems: () => expireItems(database, assembly.tables, eventSources.markExpired) };
};
