import { readFile } from 'node:fs/promises';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { SettingError } from '../errors.ts';
import type { Manifest, Trusted } from './plugins/persisted-operations.ts';

/** Reads the operations that the configuration trusts. `own`: the gateway's own pages send these; it knows them unless only the configured ones may run. @throws SettingError */
export async function readTrusted(
  configured: { path: string; only: boolean } | null,
  own: Manifest,
  schema: GraphQLSchema,
): Promise<Trusted> {
  if (configured === null) return { manifest: own, only: false };
  const manifest = await readManifest(configured.path, schema);
  return configured.only ? { manifest, only: true } : { manifest: new Map([...own, ...manifest]), only: false };
}

/** Reads a manifest of operations: a JSON object, hash → document. @throws SettingError if it is none, or an operation is not valid in this schema */
async function readManifest(path: string, schema: GraphQLSchema): Promise<Manifest> {
  const wrong = (problem: string) => new SettingError(`TRUSTED_OPERATIONS, ${path}: ${problem}`);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw wrong(error.message);
  });
  const entries = entriesOf(text);
  if (entries === null) throw wrong('is not a JSON object of documents by their hash');
  for (const [hash, document] of entries) {
    const problem = typeof document === 'string' ? problemOf(document, schema) : 'is not a text';
    if (problem !== null) throw wrong(`${hash}: ${problem}`);
  }
  return new Map(entries as [string, string][]);
}

function entriesOf(text: string): [string, unknown][] | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : null;
  } catch {
    return null;
  }
}

function problemOf(document: string, schema: GraphQLSchema): string | null {
  try {
    return validate(schema, parse(document))[0]?.message ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}
