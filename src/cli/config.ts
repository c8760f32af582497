import { Command } from 'commander';

import { type CliContext, jsonOption, table } from './context.ts';
import { printedSettings } from './printed-settings.ts';

export function configCommand({ environment, out }: CliContext): Command {
  return new Command('config')
    .description("print the settings in force, with passwords and secrets hidden; reads the environment's variables only")
    .addOption(jsonOption())
    .action(() => {
      const settings = printedSettings(environment);
      const rows = settings.map(({ name, value, isSet }) => [name, isSet ? 'set' : 'default', value ?? 'none']);
      const document = Object.fromEntries(settings.map(({ name, value, isSet }) => [name, { value, isSet }]));
      out(document, table(['VARIABLE', 'FROM', 'VALUE'], rows));
    });
}
