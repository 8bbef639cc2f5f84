import { parseArgs } from 'node:util';
import { COMMANDS, type Command } from './command';
import { GLOBAL, type Option } from './option';
import { UsageError } from './usage-error';

/** A command line, understood. */
export type Invocation = {
  name: string;
  /** Absent when nothing but help was asked for. */
  command: Command | undefined;
  /** The fields of the action. */
  fields: Record<string, unknown>;
  stack: string | undefined;
  region: string | undefined;
  json: boolean;
  help: boolean;
};

type Given = { option: string; text: string };

/** Reads `keys create --account acme ...`. Throws `UsageError` naming what is wrong. */
export const readArguments = (args: readonly string[]): Invocation => {
  const { words, given } = readTokens(args);
  const name = words.slice(0, 2).join(' ');
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const globals = readFields(
    given.filter(({ option }) => Object.hasOwn(GLOBAL, option)),
    GLOBAL,
  );
  const help = globals.help === true || args.length === 0;
  if (!command && !help)
    throw new UsageError(`There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}.`);

  return {
    name,
    command,
    fields: command && !help ? readCommand({ name, command }, words.slice(2), given) : {},
    stack: asText(globals.stack),
    region: asText(globals.region),
    json: globals.json === true,
    help,
  };
};

type Named = { name: string; command: Command };

const readCommand = ({ name, command }: Named, [argument, ...surplus]: string[], given: readonly Given[]) => {
  const own = given.filter(({ option }) => !Object.hasOwn(GLOBAL, option));
  const unknown = own.find(({ option }) => !Object.hasOwn(command.options, option));
  if (unknown) throw new UsageError(`${name} has no option --${unknown.option}; it has ${optionNames(command)}.`);
  const [unwanted] = command.argument ? surplus : [argument, ...surplus];
  if (unwanted !== undefined) throw new UsageError(`${name} does not know what to do with "${unwanted}".`);
  if (command.argument && argument === undefined) throw new UsageError(`${name} needs a ${command.argument.hint}.`);

  const missing = Object.entries(command.options).find(
    ([option, { required }]) => required && !own.some((each) => each.option === option),
  );
  if (missing) throw new UsageError(`${name} needs --${missing[0]} ${missing[1].hint}.`);
  return {
    ...command.defaults,
    ...readFields(own, command.options),
    ...(command.argument && { [command.argument.field]: argument }),
  };
};

const optionNames = ({ options }: Command): string =>
  [...Object.keys(options), ...Object.keys(GLOBAL)].map((option) => `--${option}`).join(', ');

const readFields = (given: readonly Given[], options: Readonly<Record<string, Option>>): Record<string, unknown> =>
  Object.fromEntries(given.flatMap(({ option, text }) => readField(option, text, options[option])));

const readField = (name: string, text: string, option: Option | undefined): [string, unknown][] => {
  if (!option) return [];
  try {
    return [[option.field, option.read(text)]];
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`--${name} ${error.message}.`);
    throw error;
  }
};

/** Every option of every command: a name means the same kind of option wherever it stands. */
const ALL_OPTIONS: Record<string, Option> = Object.assign(
  {},
  ...Object.values(COMMANDS).map(({ options }) => options),
  GLOBAL,
);

const readTokens = (args: readonly string[]): { words: string[]; given: Given[] } => {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(ALL_OPTIONS).map(([name, { hint }]) => [name, { type: hint ? 'string' : 'boolean' } as const]),
    ),
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? toGiven(token) : []));
  return { words: positionals, given };
};

type OptionToken = { name: string; rawName: string; value?: string; inlineValue?: boolean };

const toGiven = ({ name, rawName, value, inlineValue }: OptionToken): Given => {
  const option = Object.hasOwn(ALL_OPTIONS, name) ? ALL_OPTIONS[name] : undefined;
  const forgotten = value === undefined || (!inlineValue && value.startsWith('-'));
  if (option?.hint && forgotten) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.hint}.`);
  if (option && !option.hint && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  return { option: name, text: value ?? '' };
};

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
