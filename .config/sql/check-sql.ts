// The SQL of the repository against the database that its migrations make: row types, and the walls between organizations.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Statement } from '../../src/database/database.ts';
import { bookkeeping } from '../../src/database/migrate.ts';
import { rowStatement } from '../../src/database/row-statement.ts';
import { createStage } from '../../src/modules/message/import-file/stage-lines.ts';
import { claimsOf } from './claims.ts';
import { differences } from './compare.ts';
import { filteredLists, listsOf } from './composed.ts';
import { Describer } from './describe.ts';
import { evaluate, type Value } from './evaluate.ts';
import { type Frames, framesOf } from './frames.ts';
import { neverNull, otherOrganizations, samples } from './listed.ts';
import { tablesOfTenants, unwalledTables } from './organizations.ts';
import { openProject } from './project.ts';
import type { RowType } from './row-type.ts';

const root = join(import.meta.dirname, '../..');

export interface SqlFindings {
  statements: number;
  rowTypes: string[];
  organizations: string[];
}

/** A statement with the place and the row type that the code claims for it. */
interface Checked {
  place: string;
  statement: Statement;
  row: RowType | null;
  /** True for a statement of the loaders: a parent without items is a row of nulls there, which the loaders drop. */
  isList: boolean;
}

/** Files of `src` in which statements or sources may be. */
export function filesWithSql(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .map((path) => join(root, 'src', path))
    .filter((path) => /\.query\b|\bsource\b|Source\b/.test(readFileSync(path, 'utf8')));
}

/** Prepares every statement of the files and compares it with its row type. `everything` is false for a part of the repository. */
export async function checkSql(scratch: PGlite, files: readonly string[], everything = true): Promise<SqlFindings> {
  const unused = new Set([Object.keys(samples), ...Object.values(neverNull), ...Object.values(otherOrganizations)].flat());
  const listed = (list: Record<string, string[]>, keys: string[]) => {
    const found = Object.values(list)
      .flat()
      .filter((key) => keys.includes(key));
    for (const key of found) unused.delete(key);
    return found.length > 0;
  };
  const { checked, problems: rowTypes } = await collect(files, unused);
  if (everything) checked.push(...filteredLists().map(({ statement }) => ({ place: 'filtered list', statement, row: null, isList: true })));
  await createStage({
    query: async () => [],
    transaction: (work) => work({ query: async () => [], script: async (text) => void (await scratch.exec(text)) }),
  } as Parameters<typeof createStage>[0]);
  await scratch.exec(bookkeeping);
  const describer = await Describer.on(scratch);
  const tables = await tablesOfTenants(scratch);
  const organizations: string[] = [];
  for (const { place, statement, row, isList } of checked) {
    const { label, text } = statement;
    try {
      const columns = await describer.columnsOf(text);
      const isNeverNull = (column: string) => isList || listed(neverNull, [`${label}.${column}`]);
      if (row !== null) rowTypes.push(...differences(columns, row, isNeverNull).map((each) => `${place} ${label}: ${each}`));
    } catch (error) {
      rowTypes.push(`${place} ${label}: ${(error as Error).message}`);
    }
    for (const table of unwalledTables(text, tables))
      if (!listed(otherOrganizations, [label, `${label}.${table}`]))
        organizations.push(`${place} ${label}: no organization_id = $1 for ${table}`);
  }
  if (everything) rowTypes.push(...[...unused].map((each) => `.config/sql/listed.ts: nothing needs ${each} any more`));
  return { statements: checked.length, rowTypes: [...new Set(rowTypes)], organizations: [...new Set(organizations)] };
}

async function collect(files: readonly string[], unused: Set<string>): Promise<{ checked: Checked[]; problems: string[] }> {
  const project = openProject();
  const frames = framesOf(project);
  const checked: Checked[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const path = file.slice(root.length + 1);
    const sampled = Object.keys(samples).find((key) => path.endsWith(`/${key}`));
    const claims = claimsOf(project, file).filter(({ line, unknowns }) => {
      if (unknowns.length === 0) return true;
      if (sampled === undefined)
        problems.push(`${path}:${line}: its text needs ${unknowns.join(', ')}: add samples to .config/sql/listed.ts`);
      else unused.delete(sampled);
      return sampled !== undefined;
    });
    if (claims.length === 0) continue;
    const values = await evaluate(file, claims, samples[sampled ?? ''] ?? []);
    claims.forEach(({ line, row }, index) => {
      for (const value of values[index] ?? [])
        checked.push(...checkedOf(value, row, frames).map((each) => ({ ...each, place: `${path}:${line}` })));
    });
  }
  project.close();
  return { checked, problems };
}

/** A statement by itself, or the statements of a source: its rows alone, which show what may be null, by keys, and in pages. */
function checkedOf(value: Value, row: RowType | null, frames: Frames): Omit<Checked, 'place'>[] {
  if ('text' in value) return [{ statement: value, row, isList: false }];
  const { label, columns, from, organization } = value;
  const rows = { label, text: `select ${columns} from ${from} where ${organization} = $1` };
  const framed = (frame: RowType) => new Map([...(row ?? []), ...frame]);
  return [
    { statement: rows, row, isList: false },
    ...('key' in value ? [{ statement: rowStatement(value, '', []), row: framed(frames.keyed), isList: true }] : []),
    ...('parent' in value ? listsOf(value).map(({ statement, frame }) => ({ statement, row: framed(frames[frame]), isList: true })) : []),
  ];
}
