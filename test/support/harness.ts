// Tests use the public API: an app on a database of its own, with new tenants and real keys.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import { newSecret } from '../../src/auth/secret.ts';
import type { Config } from '../../src/config.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { ingest } from '../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import type { Timing } from '../../src/workers/webhooks/sender.ts';
import { copyTemplate } from './database.ts';
import { describedApp } from './described-app.ts';

/** The key that encrypts secrets of webhooks in tests. */
export const webhookKey = Buffer.alloc(32, 'parley');

export interface Tenant {
  id: string;
  /** A key with all scopes. */
  key: string;
}

export interface GraphQLAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of an answer
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; requestId: string; [name: string]: unknown } }[];
}

/** Creates the app of a test file, and helpers. Call it at the top of the file. `settings`: settings that differ from the other files'; `timing`: of webhooks. */
export function useApp(settings: Partial<Config> = {}, timing?: Timing) {
  const logged: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(JSON.parse(String(chunk)));
      done();
    },
  });
  let app: App;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const copy = await copyTemplate();
    drop = copy.drop;
    const config: Config = {
      host: '127.0.0.1',
      port: 0,
      database: copy.config,
      publicUrl: 'http://parley.test',
      trustedProxies: [],
      allowedHosts: [],
      // Tests send more in a minute than a client would. Tests of budgets set their own.
      budgetPerMinute: 1_000_000_000,
      redisUrl: null,
      demo: false,
      autoMigrate: false,
      corsOrigins: [],
      requestTimeoutMs: 30_000,
      maxStreams: { perKey: 250, perOrganization: 2_000 },
      trustedOperations: null,
      databasePool: 10,
      statementTimeoutMs: 10_000,
      maxResponseBytes: 16 * 1024 * 1024,
      maxHeldBytes: 256 * 1024 * 1024,
      answerTimeoutMs: 30_000,
      webhookEncryptionKeys: [webhookKey],
      metrics: null,
      otlpEndpoint: null,
      webhookAllowedRanges: [],
      drainMs: 0,
      graceMs: 5_000,
      logLevel: 'debug',
      ...settings,
    };
    app = describedApp(await createApp(config, pino({ level: 'debug' }, sink), timing));
  });
  afterAll(async () => {
    await app?.close();
    await drop?.();
  });

  // A failing test prints the errors that the app hides from clients.
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') for (const line of logged) if (Number(line.level) >= 50) console.error(line);
  });

  const fetch = (path: string, key: string | null, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    return app.fetch(new Request(new URL(path, 'http://parley.test'), { ...init, headers }));
  };

  return {
    get app() {
      return app;
    },
    /** All lines logged so far, of level debug and above. */
    logged,
    /** Returns the labels of the statements that `work` runs. Nothing else may run at the same time. */
    async statements(work: () => Promise<unknown>): Promise<string[]> {
      const begun = logged.length;
      await work();
      return logged.slice(begun).flatMap(({ statement }) => (typeof statement === 'string' ? [statement] : []));
    },
    fetch,
    async tenant(retentionDays: number | null = null): Promise<Tenant> {
      const { id } = await createOrganization(app.database, { name: 'Test organization', retentionDays });
      return { id, key: await this.key(id) };
    },
    /** Records lines of the import format, which must all be valid. */
    async importLines({ id }: { id: string }, lines: readonly unknown[]): Promise<void> {
      const messages = lines.map((line) => {
        const read = readMessageLine(line);
        if ('problems' in read) throw new Error(JSON.stringify(read.problems));
        return read.draft;
      });
      await app.database.transaction((tx) => ingest(tx, id, messages));
    },
    /** Creates a key. `budgetPerMinute`: 0: unlimited; null: the app's. */
    async key(
      organizationId: string,
      scopes: readonly Scope[] = allScopes,
      expiresAt: Date | null = null,
      budgetPerMinute: number | null = null,
    ): Promise<string> {
      const secret = newSecret('agentmessage');
      await createApiKey(app.database, organizationId, { secret, name: 'test', scopes, expiresAt, budgetPerMinute });
      return secret;
    },
    async graphql(key: string | null, query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer> {
      const response = await fetch('/graphql', key, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      // Other tests check the cost.
      const { extensions: _, ...answer } = (await response.json()) as GraphQLAnswer & { extensions?: unknown };
      return answer;
    },
  };
}
