// Two gateways: messages are copied from the first, which is served on a port, into the second.
import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { beforeEach } from 'vitest';
import { sources } from '../../src/sources/contracts.ts';
import { type SyncOptions, type SyncResult, sync } from '../../src/sources/sync/sync.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

/** A clock that passes only while something waits. */
export function testTiming() {
  let passed = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.now() + passed,
    delay: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      waits.push(ms);
      passed += ms;
    },
  };
}

export type Given = Partial<Omit<SyncOptions, 'contract'>>;

export function syncOptions(contract: string, given: Pick<SyncOptions, 'organizationId' | 'baseUrl' | 'token'> & Given): SyncOptions {
  const found = sources.find(({ name }) => name === contract);
  if (found === undefined) throw new Error(`no contract ${contract}`);
  return {
    contract: found,
    since: null,
    full: false,
    timing: testTiming(),
    signal: new AbortController().signal,
    onProgress: () => {},
    onNote: () => {},
    ...given,
  };
}

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** Creates both gateways. Call it at the top of a file. */
export function useTwoGateways() {
  const first = useApp();
  const second = useApp();
  let intercept: Intercept = () => false;
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.url ?? '');
    if (!(await intercept(request, response))) await first.app.handler(request, response);
  };
  const requests: string[] = [];
  const server = useServer({
    get app() {
      return { handler, upgrade: first.app.upgrade };
    },
  });
  beforeEach(() => {
    intercept = () => false;
    requests.length = 0;
  });
  return {
    first,
    second,
    /** The targets of the requests in the current test. */
    requests,
    /** Passes each request of the current test to a function first, which may change the data, or answer itself and return true. */
    intercept(next: Intercept) {
      intercept = next;
    },
    get origin() {
      return server.origin;
    },
    /** Copies what `from` of the first gateway has into `to` of the second. */
    sync(contract: string, from: Tenant, to: Tenant, given: Given = {}): Promise<SyncResult> {
      const baseUrl = `${server.origin}/${contract}`;
      return sync(second.app.database, syncOptions(contract, { organizationId: to.id, baseUrl, token: from.key, ...given }));
    },
  };
}

const file = join(import.meta.dirname, '../../../shared/data/nus-sms.ndjson.gz');

/** Returns real messages as lines of the import format; without their file, messages that are made here. */
export async function realLines(count: number): Promise<Record<string, unknown>[]> {
  if (!existsSync(file)) return madeLines(count);
  const lines: Record<string, unknown>[] = [];
  const input = createReadStream(file);
  for await (const line of createInterface({ input: input.pipe(createGunzip()) })) {
    lines.push(JSON.parse(line) as Record<string, unknown>);
    if (lines.length === count) break;
  }
  input.destroy();
  return lines;
}

function madeLines(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `made-${index}`,
    phoneNumber: `+658${String(index % 7).padStart(7, '0')}`,
    contactNumber: `+659${String(index % 125).padStart(7, '0')}`,
    direction: index % 3 === 0 ? 'outbound' : 'inbound',
    body: `Message ${index} 你好`,
    // Several messages have the same time.
    createdAt: new Date(Date.UTC(2025, 0, 1) + Math.floor(index / 4) * 60_000).toISOString(),
  }));
}
