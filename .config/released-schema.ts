// Whether clients of the released schema can stay as they are: its text, src/graphql/released.graphql, against the printed one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const folder = join(import.meta.dirname, '../src/graphql');

/** What breaks clients of `released` under `next`, both as SDL: a line each, for people; empty where nothing does. */
export async function breakingChanges(released: string, next: string): Promise<string> {
  const changes = await diff(buildSchema(released), buildSchema(next));
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  return breaking.map(({ message }) => `${message}\n`).join('');
}

/** The same for the files in the repository. */
export function breakingSinceRelease(): Promise<string> {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return breakingChanges(read('released.graphql'), read('schema.graphql'));
}
