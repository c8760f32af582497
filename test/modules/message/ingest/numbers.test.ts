// The integer ids of an organization's rows: its own, so that they show nothing of what other organizations write.
import { describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../../support/harness.ts';
import { chatLine } from '../../../support/lines.ts';

const parley = useApp();

const file = { name: 'a.png', mime: 'image/png', size: 3, url: 'https://files.test/a.png' };
const person = (externalId: string, more = {}) => ({ externalId, firstName: 'Ann', lastName: 'Lee', ...more });
/** A line with everything that has a number; `name` makes it another person, place and chat. */
const fullLine = (name: string) =>
  chatLine({
    conversation: { externalId: `chat ${name}`, type: 'group', title: name },
    author: person(`person ${name}`, { department: `department ${name}`, unit: `unit ${name}` }),
    attachments: [file, file],
    reactions: [{ type: 'heart', createdAt: '2026-01-02T00:00:00Z', direction: 'inbound', author: person(`friend ${name}`) }],
  });

const everything = `{ conversations(first: 12) { nodes { number participants(first: 20) { nodes { number department { number } unit { number } } }
  messages(first: 20) { nodes { number attachments { number } reactions { number } } } } } }`;

interface Numbered {
  number: number;
}
interface Chat extends Numbered {
  participants: { nodes: (Numbered & { department: Numbered | null; unit: Numbered | null })[] };
  messages: { nodes: (Numbered & { attachments: Numbered[]; reactions: Numbered[] })[] };
}

/** Every number that the organization shows, by kind, in ascending order. */
async function numbersOf({ key }: Tenant): Promise<Record<string, number[]>> {
  const { data, errors } = await parley.graphql(key, everything);
  expect(errors).toBeUndefined();
  const chats: Chat[] = data.conversations.nodes;
  const people = chats.flatMap(({ participants }) => participants.nodes);
  const messages = chats.flatMap((chat) => chat.messages.nodes);
  const kinds: Record<string, (Numbered | null)[]> = {
    conversations: chats,
    participants: people,
    departments: people.map(({ department }) => department),
    units: people.map(({ unit }) => unit),
    messages,
    attachments: messages.flatMap(({ attachments }) => attachments),
    reactions: messages.flatMap(({ reactions }) => reactions),
  };
  const sorted = (rows: (Numbered | null)[]) => rows.flatMap((row) => row?.number ?? []).sort((one, other) => one - other);
  return Object.fromEntries(Object.entries(kinds).map(([kind, rows]) => [kind, sorted(rows)]));
}

test('the numbers of an organization do not depend on the writes of others', async () => {
  const [busy, quiet] = [await parley.tenant(), await parley.tenant()];
  await parley.importLines(quiet, [fullLine('one')]);
  const before = Object.values(await numbersOf(quiet)).flat();
  // The organization's own participant is number 1.
  expect(before.sort((one, other) => one - other)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await parley.importLines(
    busy,
    Array.from({ length: 1_000 }, (_, index) => fullLine(String(index % 20))),
  );
  await parley.importLines(quiet, [fullLine('one'), fullLine('one')]);
  const { messages = [], attachments, reactions, ...others } = await numbersOf(quiet);
  expect(messages.slice(1)).toEqual([11, 12]);
  expect(attachments?.slice(2)).toEqual([13, 14, 15, 16]);
  expect(reactions?.slice(1)).toEqual([17, 18]);
  expect(Math.max(...Object.values(others).flat())).toBeLessThan(11);
});

test('concurrent writers of an organization give each row of a kind its own number', async () => {
  const tenant = await parley.tenant();
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const batches = names.map((name) => [...names.map(fullLine), ...Array.from({ length: 4 }, () => fullLine(`of ${name}`))]);
  await Promise.all(batches.map((batch) => parley.importLines(tenant, batch)));
  const numbers = await numbersOf(tenant);
  expect(numbers.messages).toHaveLength(60);
  expect(numbers.attachments).toHaveLength(120);
  for (const [kind, given] of Object.entries(numbers)) expect(new Set(given).size, kind).toBe(given.length);
});

describe('in the database', () => {
  const tables = () =>
    parley.app.database.query<{ name: string; isUnique: boolean }>({
      label: 'test_numbered_tables',
      text: `select c.table_name::text as name, exists(select from pg_indexes i where i.tablename = c.table_name
            and i.indexdef like 'CREATE UNIQUE INDEX % USING btree (organization_id, number)') as "isUnique"
          from information_schema.columns c join information_schema.tables t on t.table_name = c.table_name and t.table_type = 'BASE TABLE'
          where c.column_name = 'number' and c.data_type = 'bigint' order by 1`,
    });

  test('a number is unique in its organization', async () => {
    const all = ['attachments', 'conversations', 'departments', 'messages', 'participants', 'reactions', 'units'];
    expect(await tables()).toEqual(all.map((name) => ({ name, isUnique: true })));
  });

  test('no row takes its number from a sequence that all organizations share', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [fullLine('last')]);
    for (const { name } of await tables()) {
      const [row] = await parley.app.database.query<{ rows: number; greatest: number }>({
        label: `test_greatest_${name}`,
        text: `select count(*) as rows, max(number) as greatest from ${name}`,
      });
      expect(row?.rows, name).toBeGreaterThan(0);
      expect(row?.greatest, name).toBeLessThan(100_000);
    }
  });
});
