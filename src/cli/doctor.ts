import { Command } from 'commander';
import type { Environment } from '../config.ts';
import type { Database } from '../database/database.ts';
import { migrationStatus } from '../database/migration-status.ts';
import { OperatorError } from '../errors.ts';
import { type CliContext, jsonOption, table } from './context.ts';
import type { Check, Finding } from './doctor/check.ts';
import { clock } from './doctor/clock.ts';
import { eventReaders } from './doctor/event-readers.ts';
import { keys } from './doctor/keys.ts';
import { migrations } from './doctor/migrations.ts';
import { privileges } from './doctor/privileges.ts';
import { retention } from './doctor/retention.ts';
import { versions } from './doctor/version.ts';
import { webhooks } from './doctor/webhooks.ts';
import { printedSettings } from './printed-settings.ts';

const checks: readonly Check[] = [versions, migrations, clock, privileges, retention, eventReaders, webhooks, keys];

interface Result {
  check: string;
  state: Finding['state'] | 'skipped';
  text: string;
  /** Null: nothing is to be done. */
  action: string | null;
}

export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .description(
      'check the database, the clock, privileges, retention, event readers, webhooks and keys; exit code 1 if one of them has a problem',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nIt changes nothing in the database. A note is no problem. Stop the server before you check an embedded database.',
    )
    .action(async () => {
      const results = await examine(context);
      const ok = results.every(({ state }) => state === 'ok' || state === 'note');
      if (!ok) process.exitCode = 1;
      const rows = results.map(({ state, check, text, action }) => [state, check, action === null ? text : `${text}: ${action}`]);
      context.out({ ok, checks: results }, table(['STATE', 'CHECK', 'FINDING'], rows));
    });
}

async function examine(context: CliContext): Promise<Result[]> {
  const settings = new Map(printedSettings(context.environment).map(({ name, value }) => [name, value]));
  const address = settings.get('DATABASE_URL') ?? `embedded in ${settings.get('DATA_DIR')}`;
  try {
    const database = await context.connect();
    return [{ check: 'database', state: 'ok', text: address, action: null }, ...(await runAll(database, context.environment))];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const failed: Result = { check: 'database', state: 'problem', text: error.message, action: null };
    return [failed, ...checks.map(({ name }) => skipped(name, 'the database cannot be reached'))];
  }
}

async function runAll(database: Database, environment: Environment): Promise<Result[]> {
  const hasSchema = await migrationStatus(database).then(
    ({ pending }) => pending.length === 0,
    () => false,
  );
  const results: Result[] = [];
  for (const { name, needsSchema, run } of checks) {
    if (needsSchema && !hasSchema) results.push(skipped(name, 'the schema is not that of this release'));
    else results.push({ check: name, action: null, ...(await run(database, environment).catch(failure)) });
  }
  return results;
}

function failure(error: Error): Finding {
  return { state: 'problem', text: `cannot be checked: ${error.message.replace(/\s+/g, ' ')}` };
}

function skipped(check: string, reason: string): Result {
  return { check, state: 'skipped', text: reason, action: null };
}
