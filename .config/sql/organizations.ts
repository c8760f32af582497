// The wall between organizations in SQL: each table of a tenant has `organization_id = $1` at the level of the statement that reads it.
import type { PGlite } from '@electric-sql/pglite';

/** The tables and views that belong to organizations. */
export async function tablesOfTenants(scratch: PGlite): Promise<ReadonlySet<string>> {
  const { rows } = await scratch.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind in ('r', 'v') and c.relnamespace = 'public'::regnamespace`,
  );
  return new Set(['organizations', ...rows.map(({ name }) => name)]);
}

/** One `select`, `update` or `delete`: its words without those of inner ones. */
type Level = string[];

/** The tables of tenants that a statement reads or changes without the condition. A table that is only inserted into has the organization in its rows. */
export function unwalledTables(text: string, tables: ReadonlySet<string>): string[] {
  return levelsOf(wordsOf(text)).flatMap((level) => {
    const read = readTables(level).filter(({ table }) => tables.has(table));
    return read.filter(({ table, alias }) => !hasWall(level, table, alias, read.length === 1)).map(({ table }) => table);
  });
}

function wordsOf(text: string): string[] {
  const plain = text.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
  return [...plain.matchAll(/"[^"]+"|\$\d+|[a-z_]\w*|''|::|<>|[<>]=|\S/gi)].map(([word]) => word.toLowerCase());
}

/** Splits words into levels: a subquery in parentheses is one, and so is each part of a union. Other parentheses belong to the level around them. */
function levelsOf(words: readonly string[]): Level[] {
  const levels: Level[] = [[]];
  const open: { level: Level; isQuery: boolean }[] = [{ level: levels[0] ?? [], isQuery: true }];
  words.forEach((word, index) => {
    const inner = open.at(-1);
    if (inner === undefined) throw new Error('a parenthesis is closed that was not opened');
    if (word === '(') {
      const isQuery = /^(select|with|update|delete|insert|\()$/.test(words[index + 1] ?? '') && startsQuery(words, index + 1);
      if (!isQuery) inner.level.push(word);
      const level = isQuery ? [] : inner.level;
      if (isQuery) levels.push(level);
      open.push({ level, isQuery });
    } else if (word === ')') {
      open.pop();
      if (!inner.isQuery) inner.level.push(word);
      // The place of the subquery, so that an alias behind it is none of a table before it.
      else open.at(-1)?.level.push('()');
    } else if (/^(union|except|intersect)$/.test(word) && inner.isQuery) {
      inner.level = [];
      levels.push(inner.level);
    } else {
      inner.level.push(word);
    }
  });
  return levels;
}

/** True if the first word after opening parentheses begins a query. */
function startsQuery(words: readonly string[], index: number): boolean {
  let at = index;
  while (words[at] === '(') at += 1;
  return /^(select|with|update|delete|insert)$/.test(words[at] ?? '');
}

const notAnAlias =
  /^(where|join|left|right|inner|cross|full|on|set|order|group|limit|for|from|using|returning|union|having|offset|natural|values|default|select)$/;

/** The relations after `from`, `join`, `using`, a comma between them, and `update` at the beginning. */
function readTables(level: Level): { table: string; alias: string }[] {
  return level.flatMap((word, index) => {
    const before = level[index - 1];
    const isTarget = word === 'update' && (index === 0 || before === '()');
    const reads = /^(from|join|using)$/.test(word) && before !== 'distinct' && !(word === 'from' && level[index - 1] === 'is');
    if (!isTarget && !reads) return [];
    return namedFrom(level, index + 1);
  });
}

/** Reads `table [as] alias` and those that follow behind commas. */
function namedFrom(level: Level, start: number): { table: string; alias: string }[] {
  let at = start;
  while (level[at] === 'lateral' || level[at] === 'only') at += 1;
  const table = level[at] ?? '';
  at += 1;
  if (level[at] === '(') at = closing(level, at) + 1;
  if (level[at] === 'with' && level[at + 1] === 'ordinality') at += 2;
  if (level[at] === 'as') at += 1;
  const named = level[at] ?? '';
  const hasAlias = /^["a-z_]/.test(named) && !notAnAlias.test(named);
  if (hasAlias) at += 1;
  if (level[at] === '(') at = closing(level, at) + 1;
  const next = level[at] === ',' ? namedFrom(level, at + 1) : [];
  return [{ table, alias: hasAlias ? named : table }, ...next];
}

function closing(level: Level, start: number): number {
  let depth = 0;
  for (let at = start; at < level.length; at++) {
    if (level[at] === '(') depth += 1;
    if (level[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return level.length;
}

/** True for `alias.organization_id = $1`; without the alias if the level reads no other table of a tenant. The organization's own table has it as its id. */
function hasWall(level: Level, table: string, alias: string, isAlone: boolean): boolean {
  const column = table === 'organizations' ? 'id' : 'organization_id';
  return level.some(
    (word, index) =>
      word === column &&
      level[index + 1] === '=' &&
      level[index + 2] === '$1' &&
      (level[index - 1] === '.' ? level[index - 2] === alias : isAlone),
  );
}
