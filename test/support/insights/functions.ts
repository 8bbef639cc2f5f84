import { InsightsError } from './query';
import { asNumber, asText, toValue, type Value } from './value';

type FunctionOf = { args: readonly [least: number, most: number]; call(values: readonly Value[]): Value };

const ofText = (name: string, call: (text: string) => Value): FunctionOf => ({
  args: [1, 1],
  call: ([value = null]) => {
    const text = asText(value, name);
    return text === null ? null : call(text);
  },
});

const ofNumber = (name: string, call: (number: number) => number): FunctionOf => ({
  args: [1, 1],
  call: ([value = null]) => {
    const number = asNumber(value, name);
    return number === null ? null : call(number);
  },
});

/** The functions of single values that are understood here. */
const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  ispresent: { args: [1, 1], call: ([value = null]) => toValue(value !== null) },
  isempty: { args: [1, 1], call: ([value = null]) => toValue(value === null || value === '') },
  isblank: { args: [1, 1], call: ([value = null]) => toValue(value === null || String(value).trim() === '') },
  coalesce: { args: [1, 20], call: (values) => values.find((value) => value !== null) ?? null },
  strcontains: {
    args: [2, 2],
    call: ([text = null, part = null]) =>
      text === null || part === null ? null : toValue(String(text).includes(String(part))),
  },
  concat: { args: [1, 20], call: (values) => (values.includes(null) ? null : values.join('')) },
  strlen: ofText('strlen', (text) => [...text].length),
  tolower: ofText('tolower', (text) => text.toLowerCase()),
  toupper: ofText('toupper', (text) => text.toUpperCase()),
  abs: ofNumber('abs', Math.abs),
  ceil: ofNumber('ceil', Math.ceil),
  floor: ofNumber('floor', Math.floor),
};

/** Calls a function of single values. Throws `InsightsError` for one that is not understood here. */
export const callFunction = (name: string, values: readonly Value[]): Value => {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!found) throw new InsightsError(`The function ${name} is not understood here.`);
  const [least, most] = found.args;
  if (values.length < least || values.length > most)
    throw new InsightsError(`${name} takes ${least === most ? least : `${least} to ${most}`} arguments.`);
  return found.call(values);
};
