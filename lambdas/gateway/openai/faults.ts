import * as v from 'valibot';
import { GatewayError } from '../../core/errors';

const NOT_SUPPORTED = 'is not supported';
const MAX_PARAM_CHARACTERS = 160;

/** The message of a field or value that OpenAI knows and that cannot be honoured here; `advice` says what to do. */
export const unsupported = (advice: string): string => `${NOT_SUPPORTED}: ${advice}`;

/** A path fit for `param`: it may hold a client's own key, so its length is bounded. */
export const toParam = (path: string): string =>
  path.length > MAX_PARAM_CHARACTERS ? `${path.slice(0, MAX_PARAM_CHARACTERS)}…` : path;

/** What is wrong with an object: a key too many, one missing, or no object at all. */
export const objectFault = ({ expected, received }: v.StrictObjectIssue): string => {
  if (expected === 'never') return unsupported('leave it out');
  return received === 'undefined' && expected !== 'Object' ? 'is required' : 'must be an object';
};

/** A refusal that names the field by its path; messages complete the sentence that the path begins. */
export const refuse = (path: string, message: string, cause?: unknown): GatewayError => {
  const param = toParam(path);
  const code = message.startsWith(NOT_SUPPORTED) ? 'unsupported_parameter' : 'invalid_request';
  return new GatewayError(code, `\`${param}\` ${message}.`, { param, cause });
};

/** The refusal that a schema's first issue stands for. */
export const refuseIssue = (issue: v.BaseIssue<unknown>): GatewayError =>
  refuse(v.getDotPath(issue) ?? 'body', issue.message);
