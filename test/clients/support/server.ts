// One gateway on a port of its own for all tests of this folder, which are clients and nothing else: an organization and a key for each file.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type App, createApp } from '../../../src/app.ts';
import { scopes } from '../../../src/auth/scopes.ts';
import { newSecret } from '../../../src/auth/secret.ts';
import { loadConfig } from '../../../src/config.ts';
import { isUpgrade } from '../../../src/http/upgrade.ts';
import { createApiKey } from '../../../src/modules/api-key/commands/create.ts';
import { createOrganization } from '../../../src/modules/organization/commands/create.ts';

const files = [
  'relay/inbox',
  'relay/thread',
  'apollo/paging',
  'apollo/live',
  'urql/paging',
  'urql/live',
  'examples/relay',
  'examples/apollo',
  'examples/urql',
] as const;
export type File = (typeof files)[number];

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the gateway, as `http://127.0.0.1:4000`. */
    origin: string;
    /** The key of each test file. */
    keys: Record<File, string>;
  }
}

/** Starts the gateway; returns what stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-clients-'));
  const app = await createApp({ ...loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }), demo: false });
  const server = createServer({ shouldUpgradeCallback: isUpgrade }, app.handler).on('upgrade', app.upgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('origin', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const keys = await Promise.all(files.map(async (file) => [file, await newKey(app)]));
  project.provide('keys', Object.fromEntries(keys));
  return async () => {
    app.endStreams();
    server.closeAllConnections();
    server.close();
    await app.close();
    await rm(dataDir, { recursive: true });
  };
}

async function newKey({ database }: App): Promise<string> {
  const { id } = await createOrganization(database, { name: 'Test organization', retentionDays: null });
  const secret = newSecret('agentmessage');
  await createApiKey(database, id, { secret, name: 'test', scopes, expiresAt: null });
  return secret;
}
