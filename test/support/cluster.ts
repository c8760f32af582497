// A PostgreSQL cluster of a test's own, which it may stop, restart and restore into. The server of TEST_DATABASE_URL is shared: no test stops it.
import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const folderOfVersions = '/usr/lib/postgresql';

/** The folder of initdb, pg_ctl, pg_dump and pg_restore; null if this machine has none. */
const binaries = await readdir(folderOfVersions).then(
  (versions) => join(folderOfVersions, versions.sort((a, b) => Number(a) - Number(b)).at(-1) ?? '', 'bin'),
  () => null,
);

/** False on a machine without the binaries of a server. CI must have them: there the tests run, and fail without them. */
export const canMakeClusters = binaries !== null || process.env.CI !== undefined;

/** Added to the name of tests that need a cluster, so that a report says why they are skipped. */
export const needsCluster = canMakeClusters ? 'on clusters of its own' : `on clusters of its own (skipped: ${folderOfVersions} is missing)`;

/** PostgreSQL refuses to run as root. */
function asUser(command: string, args: readonly string[]) {
  if (binaries === null) throw new Error(`${folderOfVersions} is missing: install PostgreSQL's server`);
  const program = join(binaries, command);
  return process.getuid?.() === 0 ? run('runuser', ['-u', 'postgres', '--', program, ...args]) : run(program, args);
}

export class Cluster {
  readonly #folder: string;
  #port: number;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  /** Creates a cluster and starts it on a free port. */
  static async create(): Promise<Cluster> {
    const folder = await newFolder();
    await asUser('initdb', ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '--no-sync', '--no-instructions']);
    const cluster = new Cluster(folder, await freePort());
    await cluster.start();
    return cluster;
  }

  /** Creates a cluster from a base backup of this one. Its recovery ends at the end of the backup, on a timeline of its own. */
  async copy(): Promise<Cluster> {
    const folder = await newFolder();
    const data = join(folder, 'data');
    await asUser('pg_basebackup', [
      '-D',
      data,
      '-X',
      'stream',
      '-c',
      'fast',
      '-h',
      '127.0.0.1',
      '-p',
      String(this.#port),
      '-U',
      'postgres',
    ]);
    await writeFile(join(data, 'recovery.signal'), '');
    const cluster = new Cluster(folder, await freePort());
    await cluster.start();
    return cluster;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `postgresql://postgres@127.0.0.1:${this.#port}/parley`;
  }

  /** Starts on a port, by default on the one that it had. */
  async start(port = this.#port): Promise<void> {
    this.#port = port;
    const options = `-p ${port} -k ${this.#folder} -c listen_addresses=127.0.0.1 -c wal_level=logical -c fsync=off -c restore_command=false`;
    await this.#control('start', '-o', options, '-l', join(this.#folder, 'log'));
  }

  /** `immediate`: like a crash, without a word to the clients. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.#control('stop', '-m', mode);
  }

  async remove(): Promise<void> {
    await this.stop('immediate').catch(() => {});
    await rm(this.#folder, { recursive: true });
  }

  /** Runs statements in a database. @returns the rows of the last one */
  async sql<Row extends pg.QueryResultRow>(statements: readonly string[], database = 'parley'): Promise<Row[]> {
    const url = new URL(this.url);
    url.pathname = database;
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) ({ rows } = await client.query<Row>(statement));
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Uses up transaction ids. */
  async spendTransactions(count: number): Promise<void> {
    await this.sql([`do $$ begin for i in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`]);
  }

  /** Dumps the database as an operator does. @returns the file */
  async dump(...options: string[]): Promise<string> {
    const file = join(this.#folder, `${performance.now()}.dump`);
    await asUser('pg_dump', ['-Fc', '-f', file, ...options, '-d', this.url]);
    return file;
  }

  /** Restores a dump into a new database; an old one is dropped. */
  async restore(file: string): Promise<void> {
    await this.sql(['drop database if exists parley', 'create database parley'], 'postgres');
    await asUser('pg_restore', ['--exit-on-error', '--no-owner', '-d', this.url, file]);
  }

  async #control(action: string, ...options: string[]): Promise<void> {
    await asUser('pg_ctl', [action, '-D', join(this.#folder, 'data'), '-w', '-s', ...options]);
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-cluster-'));
  if (process.getuid?.() === 0) {
    const [user, group] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)));
    await chown(folder, user ?? 0, group ?? 0);
  }
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
