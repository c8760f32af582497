// `node .config/check-sql.ts [FILE …]`: checks SQL alone, in these files only if some are given.
import { resolve } from 'node:path';
import { migratedScratch } from './schema-engine.ts';
import { checkSql } from './sql/check-sql.ts';

const files = process.argv.slice(2).map((file) => resolve(file));
const scratch = await migratedScratch();
const { statements, rowTypes, organizations } = await checkSql(scratch, files.length > 0 ? files : undefined);
await scratch.close();
console.log(`${statements} statements`);
for (const problem of [...rowTypes, ...organizations]) console.log(problem);
if (rowTypes.length + organizations.length > 0) process.exitCode = 1;
