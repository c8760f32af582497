// `node .config/check-sql.ts [FILE …]`: the check of SQL alone, of these files only where some are given.
import { resolve } from 'node:path';
import { migratedScratch } from './schema-engine.ts';
import { checkSql, filesWithSql } from './sql/check-sql.ts';

const files = process.argv.slice(2).map((file) => resolve(file));
const scratch = await migratedScratch();
const { statements, rowTypes, organizations } = await checkSql(scratch, files.length > 0 ? files : filesWithSql(), files.length === 0);
await scratch.close();
console.log(`${statements} statements`);
for (const problem of [...rowTypes, ...organizations]) console.log(problem);
if (rowTypes.length + organizations.length > 0) process.exitCode = 1;
