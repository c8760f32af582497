// A gateway with the demo on a port of this machine, as the first `npm start` serves it.
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, inject } from 'vitest';
import { type App, createApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { useServer } from '../../support/server.ts';

/** Serves a new copy of the demo. Call it in `inBrowser`, before `useBrowser`. */
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
    await cp(await loadedDemo(inject('demo')), dataDir, { recursive: true });
    app = await openApp(dataDir);
  });
  afterAll(async () => {
    app?.endStreams();
    await app?.close();
    await rm(dataDir, { recursive: true });
  });
  return useServer(parley);
}

const openApp = (dataDir: string) => createApp(loadConfig({ DATA_DIR: dataDir }), pino({ level: 'silent' }));

/** Returns the data folder of a loaded demo. The first file of a run that needs it loads it; files of other workers wait. */
async function loadedDemo(folder: string): Promise<string> {
  const [dataDir, ready] = [join(folder, 'data'), join(folder, 'ready')];
  const isFirst = await mkdir(dataDir).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const app = await openApp(dataDir);
    await app.close();
    await writeFile(ready, '');
  }
  while (!(await stat(ready).catch(() => null))) await wait(100);
  return dataDir;
}
