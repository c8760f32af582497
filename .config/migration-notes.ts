/** Returns the notes that begin a new migration. `previous`: the migration before it. The author raises `needs` if the previous release cannot run on the database. */
export function notesOf(sql: string, previous: string | undefined): string {
  const needs = previous === undefined ? [] : [`-- parley: needs ${previous}`];
  const tables = changedTables(sql);
  const locks = tables.length === 0 ? [] : [`-- parley: locks ${tables.join(', ')}`];
  return [...needs, ...locks].map((line) => `${line}\n`).join('');
}

/** Returns the tables that existed before a migration and that it changes or refers to, so that it must lock them. Blocks of code are not read. */
export function changedTables(sql: string): string[] {
  // Validating lets readers and writers through.
  const text = sql.replace(/^--.*$/gm, '').replace(/ALTER TABLE "\w+"\s+VALIDATE CONSTRAINT "\w+";/g, '');
  const created = new Set([...text.matchAll(/CREATE TABLE "(\w+)"/g)].map(([, table]) => table));
  const named = [...text.matchAll(/\b(?:ALTER TABLE|REFERENCES|ON)\s+"(\w+)"(?!\.)/g)].flatMap(([, table]) => table ?? []);
  return [...new Set(named)].filter((table) => !created.has(table)).sort();
}
