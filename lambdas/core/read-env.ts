import * as v from 'valibot';

/**
 * Reads a function's environment once, at start.
 * Throws an error that names every variable at fault, so that a wrong deployment fails at its first invocation, legibly.
 */
export const readEnv = <const S extends v.GenericSchema>(
  schema: S,
  env: Record<string, string | undefined>,
): v.InferOutput<S> => {
  const read = v.safeParse(schema, env);
  if (read.success) return read.output;
  const faults = read.issues.map((issue) => `${v.getDotPath(issue) ?? 'environment'}: ${issue.message}`);
  throw new Error(`The function's environment is wrong. ${faults.join('; ')}`);
};

/** A variable that must be there and not be empty. */
export const text = v.pipe(v.string(), v.nonEmpty());

/** A whole number, at least `minimum`. */
export const whole = (minimum = 0) =>
  v.pipe(v.string(), v.regex(/^\d+$/, 'must be a whole number'), v.transform(Number), v.minValue(minimum));

/** A function's environment as its construct must spell it: every variable, each a string. */
export type EnvOf<S extends v.GenericSchema> = Record<keyof v.InferInput<S> & string, string>;
