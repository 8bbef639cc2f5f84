import { spawnSync } from 'node:child_process';
import { PrometheusMissing } from './prometheus-missing';

/** Throws `PrometheusMissing` unless the PATH has one: better at once than after everything else has started. */
export const requirePrometheus = (program = 'prometheus'): void => {
  const { error } = spawnSync(program, ['--version'], { stdio: 'ignore' });
  if (error !== undefined) throw new PrometheusMissing({ cause: error });
};
