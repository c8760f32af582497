// The database that is measured: made once for its size, kept between runs.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { applicationName, type ContenderName, parleyEnvironment, root } from './contenders/start.ts';
import { programOf } from './cpu.ts';
import { UsageError } from './options.ts';

/** `main`: conversations of skewed sizes. `other`: the rare word is frequent. `deep`: all messages in one conversation. `live`: gets messages. */
export type Role = 'main' | 'other' | 'deep' | 'live';

interface Organization {
  id: string;
  /** Reads, without a budget. */
  key: string;
}

export interface BenchDatabase {
  name: string;
  url: string;
  /** Any database of the same server. */
  server: string;
  messages: number;
  organizations: Partial<Record<Role, Organization>>;
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The processes of the server that work for a contender. */
  backendsOf(name: ContenderName): Promise<number[]>;
  close(): Promise<void>;
}

export interface Size {
  conversations: number;
  messages: number;
  rareMessages: number;
}

export function sizeOf(role: Role, messages: number): Size {
  const rareMessages = Math.min(10_000, Math.floor(messages / 50));
  if (role === 'live') return { conversations: 10, messages: 1_000, rareMessages: 10 };
  if (role === 'other') return { conversations: 100, messages: 2 * rareMessages, rareMessages };
  return { conversations: role === 'deep' ? 1 : Math.ceil(messages / 200), messages, rareMessages: 10 };
}

/** Opens the database of this size with these organizations; what is missing is generated. @param server the URL of any database of the server */
export async function openBenchDatabase(server: string, messages: number, roles: ReadonlySet<Role>): Promise<BenchDatabase> {
  const name = `parley_bench_${messages}_${contentHash()}`;
  const url = new URL(server);
  url.pathname = name;
  await createDatabase(server, name);
  await parley(url.href, 'migrate');
  const pool = new pg.Pool({ connectionString: url.href, max: 2, application_name: 'bench' });
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;
  const organizations: BenchDatabase['organizations'] = {};
  let generated = false;
  for (const role of roles) {
    const id = await organizationOf(query, url.href, role);
    generated = (await fill(query, url.href, id, sizeOf(role, messages))) || generated;
    const key = await createKey(url.href, id, 'conversations:read');
    organizations[role] = { id, key };
  }
  if (generated) await query('vacuum (analyze)');
  return {
    name,
    url: url.href,
    server,
    messages,
    organizations,
    query,
    backendsOf: async (contender) => {
      const rows = await query<{ pid: number }>('select pid from pg_stat_activity where datname = $1 and application_name = $2', [
        name,
        applicationName(contender),
      ]);
      // Of a server on another machine, or in a container, the ids mean nothing here.
      return rows.map(({ pid }) => pid).filter((pid) => programOf(pid) === 'postgres');
    },
    close: () => pool.end(),
  };
}

type Query = BenchDatabase['query'];

/** Makes a database with Parley's schema and nothing in it, in place of one of this name. @returns its URL */
export async function createScratch(server: string, name: string): Promise<string> {
  await dropScratch(server, name);
  await createDatabase(server, name);
  const url = new URL(server);
  url.pathname = name;
  await parley(url.href, 'migrate');
  return url.href;
}

export async function dropScratch(server: string, name: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}

async function createDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect().catch((error: Error) => {
    throw new UsageError(`no PostgreSQL server answers at DATABASE_URL: ${error.message}`);
  });
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${name}`);
  await client.end();
}

async function organizationOf(query: Query, url: string, role: Role): Promise<string> {
  const [found] = await query<{ id: string }>('select id from organizations where name = $1', [role]);
  return found?.id ?? (await parley(url, 'org', 'create', '--name', role)).id;
}

/** Generates what is missing; what an earlier run that was stopped has written is passed over. @returns whether anything was */
async function fill(query: Query, url: string, id: string, { conversations, messages, rareMessages }: Size): Promise<boolean> {
  const [stored] = await query<{ messages: number }>(
    'select coalesce(sum(message_count), 0)::int as messages from conversations where organization_id = $1',
    [id],
  );
  if (stored !== undefined && stored.messages >= messages) return false;
  process.stderr.write(`generating ${messages.toLocaleString('en')} messages in ${conversations.toLocaleString('en')} conversations …\n`);
  const counts = { conversations, messages, 'rare-messages': rareMessages };
  await parley(
    url,
    'generate',
    '--org',
    id,
    '--force',
    ...Object.entries(counts).flatMap(([option, count]) => [`--${option}`, String(count)]),
  );
  return true;
}

/** Creates a key without a budget. */
export async function createKey(url: string, organizationId: string, scope: string): Promise<string> {
  const options = { org: organizationId, name: 'bench', scope, budget: 'unlimited', expires: '1d' };
  return (await parley(url, 'key', 'create', ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]))).key;
}

/** Runs a command of Parley's. @returns its JSON document, which has an id or a key if it creates one */
export async function parley(url: string, ...args: string[]): Promise<Organization> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'src/cli.ts'), ...args, '--json'], {
    env: { ...parleyEnvironment(url), PATH: process.env.PATH },
  });
  return JSON.parse(stdout);
}

/** Names what a database of a size depends on: the migrations and the generator. */
function contentHash(): string {
  const files = globSync(['prisma/migrations/*/migration.sql', 'src/modules/message/generate/*.ts'], { cwd: root }).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 8);
}
