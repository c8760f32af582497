// A gateway with the demo on a port of this machine, as the first `npm start` serves it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { type App, createApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { useServer } from '../../support/server.ts';

/** Serves a new demo. Call it in `inBrowser`, before `useBrowser`. */
export function useDemoServer() {
  let dataDir: string;
  let app: App;
  const parley = {
    get app() {
      return app;
    },
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-browser-'));
    app = await createApp(loadConfig({ DATA_DIR: dataDir }), pino({ level: 'silent' }));
  });
  afterAll(async () => {
    app?.endStreams();
    await app?.close();
    await rm(dataDir, { recursive: true });
  });
  return useServer(parley);
}
