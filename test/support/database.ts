import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseConfig } from '../../src/config.ts';

/** A migrated database of a test file, and a function that removes it. */
export async function copyTemplate(): Promise<{ config: DatabaseConfig; drop: () => Promise<void> }> {
  const template = inject('template');
  if ('dataDir' in template) {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'));
    await cp(template.dataDir, dataDir, { recursive: true });
    return { config: { dataDir }, drop: () => rm(dataDir, { recursive: true }) };
  }
  const url = new URL(template.url);
  const source = url.pathname.slice(1);
  const name = `${source}_${randomBytes(4).toString('hex')}`;
  await onServer(template.url, `create database ${name} template ${source}`);
  url.pathname = name;
  return { config: { url: url.href }, drop: () => onServer(template.url, `drop database ${name} with (force)`) };
}

async function onServer(templateUrl: string, statement: string): Promise<void> {
  const url = new URL(templateUrl);
  // Connects to another database, because a template in use cannot be copied.
  url.pathname = 'postgres';
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      // Two copies of the template at the same time conflict.
      if (attempt === 20 || (error as { code?: string }).code !== '55006') throw error;
    } finally {
      await client.end();
    }
  }
}
