import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { App } from '../../../src/app.ts';
import { Line } from '../../support/database-line.ts';
import { databaseUrl, gateway } from '../../support/gateway.ts';

/** Gives each test a gateway of its own, whose connections to the app's database can be cut. Call it in a describe. */
export function useCutOffGateway(parley: { app: App }) {
  let line: Line;
  let app: App;
  beforeAll(async () => {
    line = await Line.to(await databaseUrl(parley.app));
  });
  afterAll(() => line?.close());
  beforeEach(async () => {
    app = await gateway(line.url);
  });
  afterEach(async () => {
    line.restore();
    await app?.close();
  });
  return {
    get line() {
      return line;
    },
    get app() {
      return app;
    },
  };
}
