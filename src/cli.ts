// `parley`: one sub-command a file under cli/. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
import { Command, CommanderError } from 'commander';
import pino, { type Logger } from 'pino';
import type { CliContext } from './cli/context.ts';
import { exportCommand } from './cli/export.ts';
import { importCommand } from './cli/import.ts';
import { keyCommand } from './cli/key.ts';
import { migrateCommand } from './cli/migrate.ts';
import { orgCommand } from './cli/org.ts';
import { reindexCommand } from './cli/reindex.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import type { Database } from './database/database.ts';
import { prepareSchema } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import { OperatorError, ParleyError, UnavailableError } from './errors.ts';

let json = false;
const opened: Database[] = [];

const context: CliContext = { connect, open, out, note: (text) => void process.stderr.write(`${text}\n`) };

async function connect(): Promise<Database> {
  const config = readConfig();
  const database = await openDatabase(config.database, logTo(config));
  opened.push(database);
  return database;
}

async function open(): Promise<Database> {
  const database = await connect();
  await prepareSchema(database, readConfig().autoMigrate);
  return database;
}

function out(document: unknown, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(document) : text}\n`);
}

/** A command is quieter than the server: warnings, unless LOG_LEVEL asks for more. */
function readConfig(): Config {
  return loadConfig({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL || 'warn' });
}

function logTo({ logLevel }: Config): Logger {
  return pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
}

function program(): Command {
  const root = new Command('parley')
    .description("Parley's operator: organizations, keys, the database's schema, import and export")
    .addCommand(orgCommand(context))
    .addCommand(keyCommand(context))
    .addCommand(migrateCommand(context))
    .addCommand(importCommand(context))
    .addCommand(exportCommand(context))
    .addCommand(reindexCommand(context))
    .hook('preAction', (_root, action) => {
      json = action.opts<{ json?: true }>().json === true;
    })
    .addHelpText(
      'after',
      `
The database is the server's: the one at DATABASE_URL, else the one embedded in DATA_DIR (.data); stop the server before using an embedded one.
Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.

Examples:
  $ parley org create --name 'Acme Dental' --retention-days 90
  $ parley key create --org $ORG --name crm --scope conversations:read
  $ parley import messages.ndjson.gz --org $ORG
  $ parley migrate --status`,
    );
  settle(root, 'parley');
  return root;
}

/** Settings that a command does not inherit when it is added: throw instead of ending the process, and say where to look. */
function settle(command: Command, path: string): void {
  command.exitOverride().showHelpAfterError(`Run "${path} --help" to see how it is used.`);
  for (const child of command.commands) settle(child, `${path} ${child.name()}`);
}

/** Prints what went wrong, without a stack, and @returns the exit code. */
function explain(error: unknown): number {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    context.note(error.message);
    return 2;
  }
  if (error instanceof ParleyError && error.code === 'BAD_USER_INPUT' && typeof error.details.field === 'string') {
    const option = error.details.field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    context.note(`error: option '--${option}': ${error.details.reason}`);
    return 2;
  }
  const expected = error instanceof ParleyError || error instanceof OperatorError || error instanceof UnavailableError;
  const message = error instanceof Error ? error.message : String(error);
  context.note(`error: ${expected ? message : `unexpected: ${message.replace(/\s+/g, ' ')}`}`);
  return 1;
}

// Whoever reads has had enough (`parley export | head`): end, quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => {});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  for (const database of opened) await database.close();
}
