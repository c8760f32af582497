import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileCache } from '../support/compile-cache.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { useServer } from '../support/server.ts';
import { type Outcome, parley, root, useOperator } from './parley.ts';

const source = useApp();
const operator = useOperator();
let onRequest: (url: string, response: ServerResponse) => boolean = () => false;
const server = useServer({
  get app() {
    const handler = (request: IncomingMessage, response: ServerResponse) => {
      if (!onRequest(request.url ?? '', response)) source.app.handler(request, response);
    };
    return { handler, upgrade: source.app.upgrade };
  },
});

const messages = 450;
let from: Tenant;
let org: string;

beforeAll(async () => {
  from = await source.tenant();
  const lines = Array.from({ length: messages }, (_, index) =>
    phoneLine({ externalId: `m${index}`, body: 'Confidential', createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString() }),
  );
  await source.importLines(from, lines);
});

beforeEach(async () => {
  onRequest = () => false;
  org = JSON.parse((await parley(operator.env, ['org', 'create', '--name', 'Copy', '--json'])).stdout).id;
});

const args = (...options: string[]) => ['sync', 'agentmessage', '--base-url', `${server.origin}/agentmessage/`, '--org', org, ...options];
const withToken = () => ({ ...operator.env, PARLEY_SYNC_TOKEN: from.key });

/** Starts `parley`, to send it a signal. */
function start(...options: string[]): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), ...args(...options)], {
    env: { ...compileCache, ...withToken() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { child, outcome: outcome.then(([[code], stdout, stderr]) => ({ code: code as number | null, stdout, stderr })) };
}

test('prints its counts as one JSON document, and never the token; the second time nothing changes', async () => {
  const { code, stdout, stderr } = await parley(withToken(), args('--json'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const counts = { read: messages, imported: messages, updated: 0, skipped: 0, conversations: 1, holes: [] };
  expect(JSON.parse(stdout)).toMatchObject({ ...counts, completeThrough: '2026-01-01T00:07:29Z', interrupted: false });
  const second = await parley({ ...withToken(), LOG_LEVEL: 'trace' }, args());
  expect(second.stdout).toContain('0 imported, 0 updated');
  for (const output of [stdout, stderr, second.stdout, second.stderr]) {
    expect(output).not.toContain(from.key);
    expect(output).not.toContain('Confidential');
  }
});

test('after kill -9 in the middle, the next run copies the rest and reads at most a page again', async () => {
  const reached = new Promise<void>((resolve) => {
    let pages = 0;
    onRequest = (url) => {
      if (url.includes('/messages')) pages++;
      if (pages === 3) resolve();
      return pages === 3;
    };
  });
  const { child, outcome } = start('--json');
  await reached;
  child.kill('SIGKILL');
  await outcome;
  onRequest = () => false;
  const { code, stdout } = await parley(withToken(), args('--json'));
  expect(code).toBe(0);
  const { imported, skipped, read } = JSON.parse(stdout);
  expect({ imported, skipped, read }).toEqual({ imported: 50, skipped: 0, read: 50 });
});

describe('--watch', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with exit code 0', async (signal) => {
    const listed = new Promise<void>((resolve) => {
      let lists = 0;
      onRequest = (url) => {
        if (!url.includes('/messages') && ++lists === 4) resolve();
        return false;
      };
    });
    const { child, outcome } = start('--watch', '1', '--json');
    await listed;
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ imported: messages, holes: [], interrupted: true });
  });
});

test('a part that cannot be copied is named, exit 1', async () => {
  onRequest = (url, response) => {
    if (url.includes('/messages')) response.writeHead(410).end('{}');
    return url.includes('/messages');
  };
  const { code, stderr, stdout } = await parley(withToken(), args('--json'));
  expect(code).toBe(1);
  expect(stderr).toContain('not copied: conversation +15550000001 ↔ +15550000002: ');
  expect(JSON.parse(stdout).holes).toHaveLength(1);
});

test.each<[string, () => string[], number, string]>([
  ['an unknown organization', () => args().with(5, '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e'), 1, 'error: no organization'],
  [
    'a host that does not answer',
    () => args().with(3, 'http://127.0.0.1:65533'),
    1,
    'error: http://127.0.0.1:65533 does not answer: ECONNREFUSED',
  ],
  ['a wrong token', () => args('--token', 'am_live_wrong'), 1, 'refused the token (401)'],
  ['an API of another kind', () => args().with(3, `${server.origin}/ziik`), 1, 'check the contract and --base-url'],
  ['no token', () => args('--token', ''), 2, "option '--token': it is missing: set PARLEY_SYNC_TOKEN"],
  ['a base URL with a password', () => args().with(3, 'https://user:secret@api.example.com'), 2, 'must not have a user name or password'],
  ['an unknown contract', () => args().with(1, 'other'), 2, 'Allowed choices are'],
])('%s: one line says so', async (_, given, exit, message) => {
  const { code, stderr, stdout } = await parley(withToken(), given());
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('am_live_');
});
