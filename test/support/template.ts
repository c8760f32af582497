import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import type { DatabaseConfig } from '../../src/config.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated database that each test file copies. */
    template: DatabaseConfig;
    /** An empty folder for the demo's data, which test/browser loads once. */
    demo: string;
  }
}

/** Creates and migrates one database for the whole run: a folder, or a database on the server of TEST_DATABASE_URL, which is dropped at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL } = process.env;
  const { config, drop } = TEST_DATABASE_URL ? await onServer(TEST_DATABASE_URL) : await inFolder();
  const database = await openDatabase(config, pino({ level: 'silent' }));
  await migrate(database);
  await database.close();
  project.provide('template', config);
  const demo = await mkdtemp(join(tmpdir(), 'parley-demo-'));
  project.provide('demo', demo);
  return async () => {
    await rm(demo, { recursive: true });
    await drop();
  };
}

async function inFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-template-'));
  return { config: { dataDir }, drop: () => rm(dataDir, { recursive: true }) };
}

async function onServer(adminUrl: string) {
  const name = `parley_test_${process.pid}`;
  const url = new URL(adminUrl);
  url.pathname = name;
  const admin = async (statement: string) => {
    const client = new pg.Client(adminUrl);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  return { config: { url: url.href }, drop: () => admin(`drop database ${name} with (force)`) };
}
