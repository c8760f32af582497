import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseConfig } from '../../src/config.ts';

/** A database without a schema, of the kind that this run is about. */
export async function emptyDatabase(): Promise<{ config: DatabaseConfig; drop: () => Promise<void> }> {
  const template = inject('template');
  if ('dataDir' in template) {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-empty-'));
    return { config: { dataDir }, drop: () => rm(dataDir, { recursive: true }) };
  }
  const name = `parley_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await asAdmin(template.url, `create database ${name} template template0`);
  return { config: { url: withDatabase(template.url, name) }, drop: () => asAdmin(template.url, `drop database ${name} with (force)`) };
}

export async function asAdmin(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(withDatabase(url, 'postgres'));
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = name;
  return changed.href;
}
