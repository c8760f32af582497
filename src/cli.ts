// `parley`: each sub-command is a file under cli/. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
import { Command, CommanderError } from 'commander';
import pino, { type Logger } from 'pino';
import { configCommand } from './cli/config.ts';
import type { CliContext } from './cli/context.ts';
import { doctorCommand } from './cli/doctor.ts';
import { exportCommand } from './cli/export.ts';
import { generateCommand } from './cli/generate.ts';
import { importCommand } from './cli/import.ts';
import { keyCommand } from './cli/key.ts';
import { migrateCommand } from './cli/migrate.ts';
import { orgCommand } from './cli/org.ts';
import { reindexCommand } from './cli/reindex.ts';
import { statsCommand } from './cli/stats.ts';
import { syncCommand } from './cli/sync.ts';
import { webhookCommand } from './cli/webhook.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import type { Database } from './database/database.ts';
import { prepareSchema } from './database/migrate.ts';
import { readMigrations } from './database/migration-files.ts';
import { openDatabase } from './database/open.ts';
import { OperatorError, ParleyError, UnavailableError } from './errors.ts';
import { logAdminAction } from './log/admin-log.ts';
import { serializers } from './log/logged-error.ts';
import { takeOver } from './modules/event/commands/take-over.ts';
import { printable } from './values/printable.ts';
import { version } from './version.ts';

let json = false;
const opened: Database[] = [];

const context: CliContext = {
  environment: process.env,
  connect,
  open,
  out,
  note: (line) => write(process.stderr, [line]),
  // The server's log level: administrative actions are logged by default, though commands log only warnings.
  logAction: (entry) => logAdminAction(logTo(loadConfig(process.env)), null, entry),
};

async function connect(): Promise<Database> {
  const config = readConfig();
  const database = await openDatabase(config.database, logTo(config));
  opened.push(database);
  return database;
}

async function open(): Promise<Database> {
  const database = await connect();
  await prepareSchema(database, readConfig().autoMigrate, logTo(readConfig()));
  await takeOver(database);
  return database;
}

function out(document: unknown, lines: readonly string[], notes: readonly string[] = []): void {
  write(process.stdout, json ? [JSON.stringify(document)] : lines);
  if (!json && notes.length > 0) write(process.stderr, notes);
}

/** Prints lines with control characters escaped. Only an export, whose JSON is already escaped, and the progress bar do not use it. */
function write(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.map(printable).join('\n')}\n`);
}

/** A command logs warnings and errors unless LOG_LEVEL is set. */
function readConfig(): Config {
  return loadConfig({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL || 'warn' });
}

function logTo({ logLevel }: Config): Logger {
  return pino({ level: logLevel, serializers }, { write: (line) => write(process.stderr, [line.trimEnd()]) });
}

function program(): Command {
  const root = new Command('parley')
    .description("administer Parley: organizations, keys, webhooks, the database's schema, import, export and sync, statistics, checks")
    .option('-V, --version', 'print the version, that of the schema, and that of Node')
    .on('option:version', printVersion)
    .addCommand(orgCommand(context))
    .addCommand(keyCommand(context))
    .addCommand(webhookCommand(context))
    .addCommand(migrateCommand(context))
    .addCommand(importCommand(context))
    .addCommand(exportCommand(context))
    .addCommand(syncCommand(context))
    .addCommand(generateCommand(context))
    .addCommand(statsCommand(context))
    .addCommand(reindexCommand(context))
    .addCommand(doctorCommand(context))
    .addCommand(configCommand(context))
    .hook('preAction', (_root, action) => {
      json = action.opts<{ json?: true }>().json === true;
    })
    .addHelpText(
      'after',
      `
Commands use the server's database: the one at DATABASE_URL, else the one embedded in DATA_DIR (default .data). Stop the server before using an embedded one.
Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.

Examples:
  $ parley org create --name 'Acme Dental'
  $ parley key create --org $ORG --name crm --scope conversations:read
  $ parley import messages.ndjson.gz --org $ORG
  $ parley org retention $ORG --days 90
  $ parley migrate --status`,
    );
  settle(root, 'parley');
  return root;
}

/** Prints the versions in one line, as a bug report needs them, and ends. */
function printVersion(): never {
  write(process.stdout, [`parley ${version}, schema ${readMigrations().at(-1)?.name}, Node ${process.versions.node}`]);
  throw new CommanderError(0, 'parley.version', version);
}

/** Sets the options that commander does not pass on to sub-commands: errors are thrown and name the help, and the user's input is escaped. */
function settle(command: Command, path: string): void {
  command
    .exitOverride()
    .showHelpAfterError(`Run "${path} --help" to see how it is used.`)
    .configureOutput({ writeErr: (text) => write(process.stderr, text.trimEnd().split('\n')) });
  for (const child of command.commands) settle(child, `${path} ${child.name()}`);
}

/** Prints an error without its stack. @returns the exit code */
function explain(error: unknown): number {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    write(process.stderr, error.message.split('\n'));
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

// The reader has closed the pipe (`parley export | head`): end without an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => {});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  for (const database of opened) await database.close();
}
