import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { describedApp } from '../support/described-app.ts';

/** Starts a gateway on a new folder with the demo, as the first `npm start` does. Call it at the top of the file. */
export function useDemo() {
  let dataDir: string;
  let app: App;

  const open = async () =>
    describedApp(await createApp({ ...loadConfig({ DATA_DIR: dataDir }), logLevel: 'silent' }, pino({ level: 'silent' })));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-demo-'));
    app = await open();
  });
  afterAll(async () => {
    await app?.close();
    await rm(dataDir, { recursive: true });
  });

  async function json(path: string, key: string, init: RequestInit = {}) {
    const response = await app.fetch(
      new Request(new URL(path, 'http://localhost:4000'), { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } }),
    );
    return { status: response.status, body: await response.json() };
  }

  return {
    get conversationId() {
      return app.demo?.conversationId;
    },
    /** Stops the gateway and starts it on the same folder. */
    async restart() {
      await app.close();
      app = await open();
    },
    /** Sends a request without a key. */
    fetch: (path: string, init: RequestInit) => app.fetch(new Request(new URL(path, 'http://localhost:4000'), init)),
    get: json,
    graphql: async (key: string, query: string, variables: Record<string, unknown> = {}) =>
      (
        await json('/graphql', key, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        })
      ).body,
  };
}
