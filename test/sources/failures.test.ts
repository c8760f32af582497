// A source that fails, is slow, or answers something else.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { watch } from '../../src/sources/sync/watch.ts';
import type { Tenant } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { answersOf } from './answers.ts';
import { type Given, syncOptions, testTiming, useTwoGateways } from './sources.ts';

const gateways = useTwoGateways();
const { first, second, requests } = gateways;

let from: Tenant;
let to: Tenant;

beforeEach(async () => {
  from = await first.tenant();
  to = await second.tenant();
});

const contact = (number: number) => `+1555100${String(number).padStart(4, '0')}`;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();

/** One message of each conversation, the last conversation the most recently active. */
function fill(contract: string, conversations: number): Promise<void> {
  const lines = Array.from({ length: conversations }, (_, index) =>
    lineIn(contract, index, { externalId: `m${index}`, createdAt: at(index * 10) }),
  );
  return first.importLines(from, lines);
}

function lineIn(contract: string, number: number, given: Record<string, unknown>) {
  if (contract !== 'ziik') return phoneLine({ phoneNumber: contact(5_000 + number), contactNumber: contact(number), ...given });
  return chatLine({ conversation: { externalId: `chat ${number}`, type: 'group', title: `Chat ${number}` }, ...given });
}

const isMessages = (url = '') => url.includes('/messages');

describe.each(['agentmessage', 'agentphone', 'ziik'])('%s', (contract) => {
  const run = (given: Given = {}) => gateways.sync(contract, from, to, given);
  const expectEqual = async () => expect(await answersOf(contract, second, to.key)).toEqual(await answersOf(contract, first, from.key));

  test('waits as long as 429 says, backs off after 500, and reads a page again that was cut', async () => {
    await fill(contract, 2);
    const failures = [
      (response: Answer) => response.writeHead(429, { 'retry-after': '17' }).end('{}'),
      (response: Answer) => response.writeHead(500).end('{}'),
      (response: Answer) => response.writeHead(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }).end('{}'),
      (response: Answer) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"data":[{"id":');
        setImmediate(() => response.destroy());
      },
      (response: Answer) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":['),
    ];
    gateways.intercept(({ url }, response) => {
      const fail = isMessages(url) ? failures.shift() : undefined;
      fail?.(response);
      return fail !== undefined;
    });
    const timing = testTiming();
    expect(await run({ timing })).toMatchObject({ imported: 2, holes: [] });
    await expectEqual();
    const [rateLimited, failed, unavailable, cut, incomplete] = timing.waits.map((ms) => ms / 1_000);
    expect(rateLimited).toBe(17);
    expect(failed).toBeGreaterThanOrEqual(1);
    expect(failed).toBeLessThanOrEqual(2);
    expect(unavailable).toBeGreaterThan(20);
    expect(unavailable).toBeLessThanOrEqual(60);
    expect(cut).toBeLessThanOrEqual(8);
    expect(incomplete).toBeLessThanOrEqual(16);
  });

  test('a page that always fails is a hole: the position stays before it, and the next run reads it', async () => {
    await fill(contract, 5);
    let broken = '';
    gateways.intercept(({ url = '' }, response) => {
      // The conversation that is read third, and later pages of it.
      if (isMessages(url) && broken === '' && requests.filter(isMessages).length === 3) broken = url.split('?')[0] ?? '';
      if (broken === '' || !url.startsWith(broken)) return false;
      response.writeHead(500).end('{}');
      return true;
    });
    const result = await run();
    expect(result).toMatchObject({ imported: 4, completeThrough: new Date(at(20)) });
    expect(result.holes).toEqual([{ conversation: expect.any(String), message: null, reason: expect.stringContaining('500') }]);
    expect(await run()).toMatchObject({ imported: 0, holes: [{ reason: expect.stringContaining('500') }] });
    gateways.intercept(() => false);
    expect(await run()).toMatchObject({ imported: 1, holes: [], completeThrough: new Date(at(40)) });
    await expectEqual();
  });

  test('a list that always fails is a hole, and three failed pages in a row end the run', async () => {
    await fill(contract, 6);
    gateways.intercept((_, response) => {
      response.writeHead(502).end('{}');
      return true;
    });
    expect(await run()).toMatchObject({ imported: 0, completeThrough: null, holes: [{ conversation: null }] });
    gateways.intercept(({ url }, response) => {
      if (isMessages(url)) response.writeHead(502).end('{}');
      return isMessages(url);
    });
    const { holes } = await run();
    expect(holes.map(({ conversation }) => conversation === null)).toEqual([false, false, false, true]);
    gateways.intercept(() => false);
    expect(await run()).toMatchObject({ imported: 6, holes: [] });
  });

  test('a message that ingestion refuses is a hole; the others are stored', async () => {
    await fill(contract, 3);
    let isWrong = true;
    gateways.intercept(async ({ url = '', headers }, response) => {
      if (!isMessages(url) || !isWrong || requests.filter(isMessages).length !== 2) return false;
      const answer = await first.fetch(url, headers.authorization?.slice(7) ?? null);
      const text = (await answer.text()).replace(/"(created_at|receivedAt)":"[^"]*"/, '"$1":"2999-01-01T00:00:00Z"');
      response.writeHead(200, { 'content-type': 'application/json' }).end(text.replace(/"date":\d+/, '"date":32472144000'));
      return true;
    });
    const result = await run();
    expect(result).toMatchObject({ read: 3, imported: 2, completeThrough: new Date(at(10)) });
    expect(result.holes).toEqual([{ conversation: expect.any(String), message: expect.any(String), reason: expect.any(String) }]);
    isWrong = false;
    expect(await run()).toMatchObject({ imported: 1, holes: [] });
    await expectEqual();
  });

  test('a run that is ended in the middle is completed by the next one', async () => {
    await first.importLines(
      from,
      Array.from({ length: 700 }, (_, index) =>
        lineIn(contract, index % 2, { externalId: `m${index}`, createdAt: at(Math.floor(index / 3)) }),
      ),
    );
    const stop = new AbortController();
    gateways.intercept(() => {
      if (requests.filter(isMessages).length === 3) stop.abort(new Error('stopped'));
      return false;
    });
    const interrupted = await run({ signal: stop.signal });
    expect(interrupted).toMatchObject({ interrupted: true, holes: [], completeThrough: null });
    expect(interrupted.imported).toBeGreaterThan(0);
    expect(interrupted.imported).toBeLessThan(700);
    const before = requests.length;
    const rest = await run();
    expect(interrupted.imported + rest.imported).toBe(700);
    expect(requests.length - before).toBeLessThan(12);
    await expectEqual();
  });

  test('a stored place that the source refuses: the conversation is read from its beginning', async () => {
    await fill(contract, 1);
    await run();
    await second.app.database.query({
      label: 'test_break_place',
      text: `update sync_conversations set next_page = 'no place', walk_top = '2026-01-01' where organization_id = $1`,
      values: [to.id],
    });
    await first.importLines(from, [lineIn(contract, 0, { externalId: 'later', createdAt: at(5_000) })]);
    const notes: string[] = [];
    expect(await run({ onNote: (note) => notes.push(note) })).toMatchObject({ imported: 1, holes: [] });
    expect(notes).toEqual([expect.stringContaining('is read from its beginning')]);
    await expectEqual();
  });

  test('a conversation that becomes active while others are read is read again', async () => {
    await fill(contract, 4);
    gateways.intercept(async ({ url }) => {
      // The third conversation is being read: the first one and one that is not read yet get a message.
      if (isMessages(url) && requests.filter(isMessages).length === 3)
        await first.importLines(from, [
          lineIn(contract, 3, { externalId: 'late', createdAt: at(7_000) }),
          lineIn(contract, 0, { externalId: 'late', createdAt: at(7_000) }),
        ]);
      return false;
    });
    expect(await run()).toMatchObject({ imported: 6, holes: [], completeThrough: new Date(at(7_000)) });
    await expectEqual();
  });

  test('a message that is recorded later than its own time says is found', async () => {
    await fill(contract, 4);
    await run();
    await first.importLines(from, [lineIn(contract, 9, { externalId: 'late', createdAt: at(5) })]);
    expect(await run()).toMatchObject({ imported: 1 });
    await expectEqual();
  });

  test('a list and pages that never end are holes', async () => {
    await fill(contract, 1);
    const repeat = async ({ url = '', headers }: Asked, response: Answer) => {
      const answer = await first.fetch(url, headers.authorization?.slice(7) ?? null);
      const text = await answer.text();
      const more = text.replace(/"(next_cursor|next)":null/g, '"$1":"again"').replace('"hasMore":false', '"hasMore":true');
      response.writeHead(200, { 'content-type': 'application/json' }).end(more);
      return true;
    };
    const withoutPlace = (url = '') => url.replace(/&?(cursor|before|offset|page)=[^&]*/g, '');
    gateways.intercept(({ url, headers }, response) =>
      isMessages(url) ? false : repeat({ url: withoutPlace(url), headers } as Asked, response),
    );
    expect((await run()).holes).toMatchObject([{ conversation: null, reason: expect.stringMatching(/repeat|cannot be read/) }]);
    await first.importLines(from, [lineIn(contract, 0, { externalId: 'later', createdAt: at(5_000) })]);
    gateways.intercept(({ url, headers }, response) =>
      isMessages(url) ? repeat({ url: withoutPlace(url), headers } as Asked, response) : false,
    );
    expect((await run()).holes).toMatchObject([{ conversation: expect.any(String) }]);
    gateways.intercept(() => false);
    expect(await run()).toMatchObject({ holes: [] });
    await expectEqual();
  });

  test.each([
    [401, 'refused the token'],
    [403, 'may not read conversations'],
  ])('%i ends the run: %s', async (status, message) => {
    gateways.intercept((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      return true;
    });
    await expect(run()).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
  });

  test('another API, a page of HTML, another path and a missing organization are named', async () => {
    const other = contract === 'agentphone' ? 'agentmessage' : 'agentphone';
    await expect(run({ baseUrl: `${gateways.origin}/${other}` })).rejects.toThrow(/is not an API of|check the contract/);
    gateways.intercept((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>secret</p>');
      return true;
    });
    await expect(run()).rejects.toThrow('answered text/html, not JSON');
    await expect(run({ organizationId: '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e' })).rejects.toThrow('no organization');
  });
});

type Asked = Parameters<Parameters<typeof gateways.intercept>[0]>[0];
type Answer = Parameters<Parameters<typeof gateways.intercept>[0]>[1];

test('an answer that is too large, also a compressed one, is not read to its end', async () => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '));
  gateways.intercept((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    return true;
  });
  const { holes } = await gateways.sync('agentmessage', from, to);
  expect(holes).toMatchObject([{ conversation: null, reason: 'the answer is larger than 64 MiB' }]);
  expect(requests).toHaveLength(1);
});

test('a conversation whose id cannot be stored is a hole; the others are copied', async () => {
  await fill('agentmessage', 2);
  let isFirst = true;
  gateways.intercept(async ({ url = '', headers }, response) => {
    if (isMessages(url) || !isFirst) return false;
    isFirst = false;
    const answer = await first.fetch(url, headers.authorization?.slice(7) ?? null);
    const text = (await answer.text()).replace(/"id":"[^"]*"/, '"id":"\\u0000"');
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    return true;
  });
  expect((await gateways.sync('agentmessage', from, to)).holes).toMatchObject([
    { conversation: '\0', reason: expect.stringContaining('id') },
  ]);
  expect(await gateways.sync('agentmessage', from, to)).toMatchObject({ holes: [] });
});

test('the token goes to the origin of the base URL only', async () => {
  const received: (string | undefined)[] = [];
  const stranger = createServer((request, response) => {
    received.push(request.headers.authorization);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const target = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  gateways.intercept(({ url = '' }, response) => {
    if (url.startsWith('/moved')) response.writeHead(308, { location: url.replace('/moved', '') }).end();
    if (url.startsWith('/away')) response.writeHead(302, { location: `${target}${url}` }).end();
    return url.startsWith('/moved') || url.startsWith('/away');
  });
  await fill('agentmessage', 1);
  const moved = await gateways.sync('agentmessage', from, to, { baseUrl: `${gateways.origin}/moved/agentmessage` });
  expect(moved).toMatchObject({ imported: 1 });
  await expect(gateways.sync('agentmessage', from, to, { baseUrl: `${gateways.origin}/away` })).rejects.toThrow(`redirects to ${target}`);
  expect(received).toEqual([]);
  stranger.close();
});

test('waits while the rate limit allows no request', async () => {
  await fill('agentmessage', 1);
  gateways.intercept((_, response) => {
    response.setHeader('x-ratelimit-remaining', '0');
    response.setHeader('x-ratelimit-reset', '30');
    return false;
  });
  const timing = testTiming();
  await gateways.sync('agentmessage', from, to, { timing });
  expect(timing.waits.length).toBeGreaterThan(0);
  for (const ms of timing.waits) expect(ms).toBeGreaterThan(25_000);
});

describe('watching', () => {
  const options = (given: Given = {}) =>
    syncOptions('agentmessage', { organizationId: to.id, baseUrl: `${gateways.origin}/agentmessage`, token: from.key, ...given });

  test('reads again after the pause, until it is stopped, also after the source did not answer', async () => {
    await fill('agentmessage', 1);
    const stop = new AbortController();
    const timing = testTiming();
    const pauses: number[] = [];
    const delay = async (ms: number, signal: AbortSignal) => {
      pauses.push(ms);
      if (pauses.length === 1) await first.importLines(from, [lineIn('agentmessage', 0, { createdAt: at(9_000) })]);
      // The source ends each connection without an answer, once.
      gateways.intercept(({ socket }) => {
        if (pauses.length === 1) socket.destroy();
        return pauses.length === 1;
      });
      if (pauses.length === 3) stop.abort(new Error('stopped'));
      signal.throwIfAborted();
    };
    const notes: string[] = [];
    const watched = options({ signal: stop.signal, timing: { ...timing, delay }, onNote: (note) => notes.push(note) });
    const runs: number[] = [];
    const total = await watch(second.app.database, watched, 30, ({ imported }) => runs.push(imported));
    expect(total).toMatchObject({ imported: 2, interrupted: true });
    expect(runs).toEqual([1, 1]);
    expect(pauses).toEqual([30_000, 30_000, 30_000]);
    expect(notes).toEqual([expect.stringContaining('does not answer')]);
  });

  test('ends if the token is refused, or if the source does not answer the first time', async () => {
    await expect(watch(second.app.database, options({ token: 'am_live_wrong' }), 30, () => {})).rejects.toThrow('refused the token');
    await expect(watch(second.app.database, options({ baseUrl: 'http://127.0.0.1:1' }), 30, () => {})).rejects.toThrow('does not answer');
  });
});
