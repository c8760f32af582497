// Compares the released schema, src/graphql/released.graphql, with the printed one, to find changes that break clients.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const folder = join(import.meta.dirname, '../src/graphql');

/** Returns the changes from `released` to `next`, both as SDL, that break clients: one a line, for people; empty if there are none. */
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
