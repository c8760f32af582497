// Every statement of the repository with the row type that the code claims for it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from '../../src/database/database.ts';
import { rowStatement } from '../../src/database/row-statement.ts';
import { claimsOf } from './claims.ts';
import { listsOf } from './composed.ts';
import { evaluate, type Value } from './evaluate.ts';
import type { Exceptions } from './exceptions.ts';
import { type Frames, framesOf } from './frames.ts';
import { openProject } from './project.ts';
import type { RowType } from './row-type.ts';

const root = join(import.meta.dirname, '../..');

export interface Claimed {
  statement: Statement;
  /** The file and line of the code. */
  place: string;
  /** Null: the code reads no column of the result. */
  row: RowType | null;
  /** True for a statement of the loaders: a parent without items is a row of nulls there, which the loaders drop. */
  isList: boolean;
}

interface Collected {
  claimed: Claimed[];
  problems: string[];
}

/** Files of `src` in which statements or sources may be. The inbox and the examples have TypeScript projects of their own. */
export function filesWithSql(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/^(generated|web\/(inbox|examples))\//.test(path))
    .map((path) => join(root, 'src', path))
    .filter((path) => /\.query\b|\bsource\b|Source\b/.test(readFileSync(path, 'utf8')));
}

export async function collect(files: readonly string[], exceptions: Exceptions): Promise<Collected> {
  const project = openProject();
  const frames = framesOf(project);
  const claimed: Claimed[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const path = file.slice(root.length + 1);
    const all = claimsOf(project, file);
    const unknown = all.filter(({ unknowns }) => unknowns.length > 0);
    const samples = unknown.length > 0 ? exceptions.samplesOf(path) : [];
    if (samples === null)
      problems.push(
        ...unknown.map(({ line, unknowns }) => `${path}:${line} needs ${unknowns.join(', ')}: add samples to .config/sql/listed.ts`),
      );
    const claims = samples === null ? all.filter((claim) => !unknown.includes(claim)) : all;
    const values = claims.length > 0 ? await evaluate(file, claims, samples ?? []) : [];
    for (const [index, { line, row }] of claims.entries()) {
      const place = `${path}:${line}`;
      const given = values[index] ?? [];
      if (given instanceof Error) problems.push(`${place} ${given.message}: correct its samples in .config/sql/listed.ts`);
      else claimed.push(...given.flatMap((value) => statementsOf(value, row, frames)).map((each) => ({ ...each, place })));
    }
  }
  project.close();
  return { claimed, problems };
}

/** A statement by itself, or the statements of a source: its rows alone, which show what may be null, by keys, and in pages. */
function statementsOf(value: Value, row: RowType | null, frames: Frames): Omit<Claimed, 'place'>[] {
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
