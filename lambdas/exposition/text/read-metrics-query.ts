import { GatewayError } from '../../core/errors';

/** Query parameters as API Gateway reads them, each with all of its values. */
export type QueryParameters = Readonly<Record<string, string[] | undefined>> | null;

/** Which families are asked for. */
export type MetricsQuery = {
  aliases: boolean;
  /** The only families wanted, by the names of their samples less `_bucket`, `_sum` and `_count`; undefined for all. */
  names: ReadonlySet<string> | undefined;
};

/** Reads `?aliases=` and `?name[]=`; other parameters mean nothing here. Throws `invalid_request` for an unclear value. */
export const readMetricsQuery = (parameters: QueryParameters): MetricsQuery => {
  const names = parameters?.['name[]'] ?? [];
  return {
    aliases: readSwitch('aliases', parameters?.aliases?.at(-1)),
    names: names.length === 0 ? undefined : new Set(names),
  };
};

const readSwitch = (name: string, value: string | undefined): boolean => {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  throw new GatewayError('invalid_request', `The query parameter "${name}" is true or false.`, { param: name });
};
