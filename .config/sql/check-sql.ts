// The SQL of the repository against the database that its migrations make: row types, and the organization in every join.
import type { PGlite } from '@electric-sql/pglite';
import { bookkeeping } from '../../src/database/migration-status.ts';
import { createStage } from '../../src/modules/message/import-file/stage-lines.ts';
import { type Claimed, collect, filesWithSql } from './collect.ts';
import { differences } from './compare.ts';
import { filteredLists } from './composed.ts';
import { Describer } from './describe.ts';
import { Exceptions } from './exceptions.ts';
import { tablesOfTenants, unwalledTables } from './organizations.ts';

export interface SqlFindings {
  statements: number;
  /** Problems, one line each. */
  rowTypes: string[];
  organizations: string[];
}

/** Prepares every statement and compares it with its row type. Without `files` it checks the whole repository. */
export async function checkSql(scratch: PGlite, files?: readonly string[]): Promise<SqlFindings> {
  const exceptions = new Exceptions();
  const { claimed, problems } = await collect(files ?? filesWithSql(), exceptions);
  if (files === undefined)
    claimed.push(...filteredLists().map(({ statement }) => ({ statement, place: '.config/sql/composed.ts', row: null, isList: true })));
  await createOtherTables(scratch);
  const describer = await Describer.on(scratch);
  const tables = await tablesOfTenants(scratch);
  const rowTypes = new Set(problems);
  const organizations = new Set<string>();
  for (const each of claimed) {
    const { label, text } = each.statement;
    for (const problem of await rowProblems(each, describer, exceptions)) rowTypes.add(`${each.place} ${label}: ${problem}`);
    for (const table of unwalledTables(text, tables))
      if (!exceptions.isOfAllOrganizations(label, table)) organizations.add(`${each.place} ${label}: no organization_id = $1 for ${table}`);
  }
  if (files === undefined) for (const key of exceptions.unused()) rowTypes.add(`.config/sql/listed.ts: nothing needs ${key} any more`);
  return { statements: claimed.length, rowTypes: [...rowTypes], organizations: [...organizations] };
}

/** Creates the tables that no migration makes: those of an import and the bookkeeping of migrations. */
async function createOtherTables(scratch: PGlite): Promise<void> {
  const tx = { query: async () => [], script: async (text: string) => void (await scratch.exec(text)) };
  // Creating the stage runs scripts only.
  const session = { ...tx, transaction: (work: (only: typeof tx) => unknown) => work(tx) } as unknown as Parameters<typeof createStage>[0];
  await createStage(session);
  await scratch.exec(bookkeeping);
}

async function rowProblems({ statement, row, isList }: Claimed, describer: Describer, exceptions: Exceptions): Promise<string[]> {
  try {
    const columns = await describer.columnsOf(statement.text);
    const isNeverNull = (column: string) => isList || exceptions.isNeverNull(statement.label, column);
    return row === null ? [] : differences(columns, row, isNeverNull);
  } catch (error) {
    return [(error as Error).message];
  }
}
