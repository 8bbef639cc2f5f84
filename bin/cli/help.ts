import { COMMANDS, type Command } from './command';
import { GLOBAL, type Option } from './option';
import { formatFields } from './table';

const USAGE = 'npm run fluxgate --';

/** What there is, in one screen. */
export const overview = (): string =>
  [
    `Manages the API keys and accounts of Fluxgate, and shows what its functions logged.\n\nUsage: ${USAGE} <command> [options]`,
    section('Commands', Object.fromEntries(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]))),
    section('Options of every command', describe(GLOBAL)),
    `Examples:\n  ${USAGE} keys create --account acme --name ci --rpm 60 --tpm 100000 --budget 25/month\n  ${USAGE} keys list --stack Fluxgate-dev\n\n${USAGE} <command> --help says more about one command.`,
  ].join('\n\n');

/** One command with all its options. */
export const commandHelp = (name: string, { summary, argument, options }: Command): string => {
  const usage = [USAGE, name, argument?.hint, '[options]'].filter(Boolean).join(' ');
  return [
    `${name}: ${summary}\n\nUsage: ${usage}`,
    ...(Object.keys(options).length > 0 ? [section('Options', describe(options))] : []),
    section('Options of every command', describe(GLOBAL)),
  ].join('\n\n');
};

const describe = (options: Readonly<Record<string, Option>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { hint, help, required }]) => [
      `--${name}${hint ? ` ${hint}` : ''}`,
      required ? `${help} (needed)` : help,
    ]),
  );

const section = (title: string, fields: Record<string, string>): string =>
  `${title}:\n${formatFields(fields).replace(/^/gm, '  ')}`;
