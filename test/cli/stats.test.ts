// `parley stats` draws what `messageStats` counts.
import { beforeAll, expect, test } from 'vitest';
import { ingest } from '../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import { phoneLine } from '../support/lines.ts';
import { onTerminal, parley, useOperator } from './parley.ts';

const operator = useOperator();
let org: string;
let empty: string;

beforeAll(async () => {
  await operator.onDatabase(async (database) => {
    org = (await createOrganization(database, { name: 'Acme', retentionDays: null })).id;
    empty = (await createOrganization(database, { name: 'Empty', retentionDays: null })).id;
    const drafts = [1, 1, 1, 1, 1, 1, 1, 1, 3].map((day, index) => {
      const given = {
        createdAt: `2026-01-0${day}T12:00:00Z`,
        direction: index % 2 ? 'inbound' : 'outbound',
        channel: day === 3 ? 'whatsapp' : 'sms',
      };
      const read = readMessageLine(phoneLine(given));
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return read.draft;
    });
    await database.transaction((tx) => ingest(tx, org, drafts));
  });
});

const stats = (options: readonly string[], env = {}) => parley({ ...operator.env, ...env }, ['stats', '--org', org, ...options]);
const days = ['--since', '2026-01-01', '--until', '2026-01-03'];
const full = '█'.repeat(60);

test('draws bars of days and channels', async () => {
  expect(await stats(days, { LANG: 'C.UTF-8' })).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      'Acme: 9 messages from 2026-01-01 to 2026-01-03 (UTC), 4 inbound and 5 outbound.',
      '',
      'Per day',
      `2026-01-01  ${full}  8`,
      `2026-01-02  ${' '.repeat(60)}  0`,
      `2026-01-03  ${'███████▌'.padEnd(60)}  1`,
      '',
      'Per channel',
      `SMS       ${full}  8`,
      `WHATSAPP  ${'███████▌'.padEnd(60)}  1`,
      '',
    ].join('\n'),
  });
});

test.each([{ TERM: 'dumb' }, { LANG: 'C' }])('draws bars of # with %j', async (env) => {
  const { stdout } = await stats(days, env);
  expect(stdout).toContain(`2026-01-03  ${'########'.padEnd(60)}  1\n`);
  expect(stdout).not.toMatch(/[^\n\x20-\x7e]/);
});

test('fits the width of a terminal', async () => {
  const { stdout } = await onTerminal(operator.env, ['stats', '--org', org, ...days], '', 40);
  expect(stdout).toContain(`2026-01-01  ${'█'.repeat(25)}  8`);
  expect(stdout).not.toContain('\u001b');
});

test('draws weeks of many days', async () => {
  const { stdout } = await stats(['--since', '2026-01-01', '--until', '2026-04-30']);
  expect(stdout).toContain(`Per week, by its first day\n2026-01-01  ${full}  9\n2026-01-08  `);
  expect(stdout.match(/^2026-/gm)).toHaveLength(18);
});

test('prints JSON with each day', async () => {
  const { stdout } = await stats([...days, '--time-zone', 'Asia/Tokyo', '--json']);
  const one = { messageCount: 1, inboundCount: 0, outboundCount: 1 };
  expect(JSON.parse(stdout)).toMatchObject({
    organization: org,
    since: '2026-01-01',
    until: '2026-01-03',
    timeZone: 'Asia/Tokyo',
    messageCount: 9,
    days: [{ date: '2026-01-01', messageCount: 8 }, { messageCount: 0 }, { ...one, channels: [{ channel: 'WHATSAPP', ...one }] }],
  });
});

test('says when the latest message was sent if the range has none', async () => {
  expect(await stats(['--until', '2025-12-31'])).toEqual({
    code: 0,
    stdout: 'Acme: no messages from 2025-12-02 to 2025-12-31 (UTC).\n',
    stderr: 'The latest message was sent at 2026-01-03T12:00:00Z: choose days with --until.\n',
  });
  expect(await parley(operator.env, ['stats', '--org', empty])).toMatchObject({ code: 0, stderr: '' });
});

test('refuses wrong days and an unknown organization', async () => {
  expect(await stats(['--since', '2026-02-30'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "error: option '--since': must be a date like 2026-01-31\n",
  });
  expect(await stats(['--time-zone', 'Mars/Olympus'])).toMatchObject({ code: 2, stderr: expect.stringContaining("option '--time-zone'") });
  const unknown = '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e';
  expect(await parley(operator.env, ['stats', '--org', unknown])).toMatchObject({ code: 1, stderr: `error: no organization ${unknown}\n` });
});
