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
  const { name, command, rest } = findCommand(words);
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
    fields: command && !help ? readCommand({ name, command }, rest, given) : {},
    stack: asText(globals.stack),
    region: asText(globals.region),
    json: globals.json === true,
    help,
  };
};

/** The name of a command has one word or two. */
const findCommand = (words: readonly string[]) => {
  const [one = '', two] = [1, 2].map((length) => words.slice(0, length).join(' '));
  const name = Object.hasOwn(COMMANDS, one) ? one : (two ?? one);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return { name, command, rest: words.slice(name === one ? 1 : 2) };
};

type Named = { name: string; command: Command };

const readCommand = ({ name, command }: Named, [argument, ...surplus]: string[], given: readonly Given[]) => {
  const own = given.filter(({ option }) => !Object.hasOwn(GLOBAL, option));
  const unknown = own.find(({ option }) => !Object.hasOwn(command.options, option));
  if (unknown) throw new UsageError(`${name} has no option --${unknown.option}; it has ${optionNames(command)}.`);
  const [unwanted] = command.argument ? surplus : [argument, ...surplus];
  if (unwanted !== undefined) throw new UsageError(`${name} does not know what to do with "${unwanted}".`);
  if (command.argument && !command.argument.optional && argument === undefined)
    throw new UsageError(`${name} needs a ${command.argument.hint}.`);

  const missing = Object.entries(command.options).find(
    ([option, { required }]) => required && !own.some((each) => each.option === option),
  );
  if (missing) throw new UsageError(`${name} needs --${missing[0]} ${missing[1].hint}.`);
  return {
    ...('defaults' in command && command.defaults),
    ...readFields(own, command.options),
    ...(command.argument && argument !== undefined && { [command.argument.field]: argument }),
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
    args: args.map((text) => (isDashedId(text) ? `${DASHED_ID}${text}` : text)),
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(ALL_OPTIONS).map(([name, { hint }]) => [name, { type: hint ? 'string' : 'boolean' } as const]),
    ),
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? toGiven(token) : []));
  return { words: positionals.map((word) => word.replace(DASHED_ID, '')), given };
};

/** Every 64th request id begins with a dash; with this before it, it is no option. */
const DASHED_ID = 'id:';

const isDashedId = (text: string): boolean => /^-[\w-]{15}$/.test(text) && !Object.hasOwn(ALL_OPTIONS, text.slice(2));

type OptionToken = { name: string; rawName: string; value?: string; inlineValue?: boolean };

const toGiven = ({ name, rawName, value, inlineValue }: OptionToken): Given => {
  const option = Object.hasOwn(ALL_OPTIONS, name) ? ALL_OPTIONS[name] : undefined;
  const forgotten = value === undefined || (!inlineValue && value.startsWith('-'));
  if (option?.hint && forgotten) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.hint}.`);
  if (option && !option.hint && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  return { option: name, text: value ?? '' };
};

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
