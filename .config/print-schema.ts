// `npm run schema`: prints src/graphql/schema.graphql, the reviewed face of the schema. With `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { schema } from '../src/graphql/built-schema.ts';

const file = join(import.meta.dirname, '../src/graphql/schema.graphql');
const printed = `${printSchema(schema)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, printed);
} else if (readOr('') !== printed) {
  console.error('src/graphql/schema.graphql is not what the schema prints: run "npm run schema", read the difference, commit it');
  process.exitCode = 1;
}

function readOr(absent: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return absent;
  }
}
