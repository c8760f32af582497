// Real messages are imported, and the same messages are returned by GraphQL and REST.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from './support/harness.ts';

const file = join(import.meta.dirname, '../../shared/data/nus-sms.ndjson.gz');
const there = existsSync(file);
if (!there) console.warn('../shared/data is not there: the tests of real messages skip');

interface Line {
  externalId: string;
  phoneNumber: string;
  contactNumber: string;
  direction: string;
  body: string;
  createdAt: string;
}

/** A message as both APIs show it. */
interface Shown {
  id: string;
  from: string;
  to: string;
  direction: string;
  body: string | null;
  createdAt: string;
}

const parley = useApp();

describe.runIf(there)('5,000 real messages', () => {
  let lines: Line[];
  let tenant: Tenant;
  let windowed: Tenant;

  beforeAll(async () => {
    lines = await readLines(5_000);
    tenant = await parley.tenant();
    windowed = await parley.tenant(90);
    for (const each of [tenant, windowed]) await parley.importLines(each, lines);
  });

  test.each([
    ['GraphQL', walkGraphQL],
    ['AgentMessage', walkAgentMessage],
  ])('%s returns each of them once, with the same code points', async (_api, walk) => {
    const shown = await walk(tenant);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(lines.length);
    expect(sorted(shown)).toEqual(sorted(lines.map(expected)));
  });

  test('both return them in the same order', async () => {
    const [graphql, rest] = [await walkGraphQL(tenant), await walkAgentMessage(tenant)];
    expect(rest.map(({ createdAt, body }) => ({ createdAt, body }))).toEqual(graphql.map(({ createdAt, body }) => ({ createdAt, body })));
  });

  test.each([
    ['GraphQL', walkGraphQL],
    ['AgentMessage', walkAgentMessage],
  ])('past a window of 90 days, %s returns all of them without bodies', async (_api, walk) => {
    const answers: string[] = [];
    const shown = await walk(windowed, answers);
    expect(shown).toHaveLength(lines.length);
    expect(shown.every(({ body }) => body === null)).toBe(true);
    const everything = answers.join('\n');
    const telling = lines.filter(({ body }) => body.length > 12);
    expect(telling.length).toBeGreaterThan(1_000);
    for (const { body } of telling) expect(everything.includes(JSON.stringify(body).slice(1, -1)), body).toBe(false);
  });
});

async function readLines(count: number): Promise<Line[]> {
  const lines: Line[] = [];
  const input = createReadStream(file);
  for await (const line of createInterface({ input: input.pipe(createGunzip()) })) {
    lines.push(JSON.parse(line) as Line);
    if (lines.length === count) break;
  }
  input.destroy();
  return lines;
}

function expected({ phoneNumber, contactNumber, direction, body, createdAt }: Line): Omit<Shown, 'id'> {
  const [from, to] = direction === 'inbound' ? [contactNumber, phoneNumber] : [phoneNumber, contactNumber];
  return { from, to, direction, body, createdAt };
}

function sorted(messages: Omit<Shown, 'id'>[]): string[] {
  return messages.map(({ from, to, direction, body, createdAt }) => JSON.stringify([createdAt, from, to, direction, body])).toSorted();
}

async function walkGraphQL(tenant: Tenant, answers: string[] = []): Promise<Shown[]> {
  const shown: Shown[] = [];
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await parley.graphql(tenant.key, query, variables);
    expect(errors).toBeUndefined();
    answers.push(JSON.stringify(data));
    return data;
  };
  const pages = 'pageInfo { hasNextPage endCursor }';
  const messages = `messages(first: 150, after: $inner) { ${pages} nodes { id from to direction body createdAt } }`;
  for (let after: string | null = null; ; ) {
    const { conversations } = await ask(
      `query ($after: String, $inner: String) { conversations(first: 40, after: $after) { ${pages} nodes { id lastMessagePreview ${messages} } } }`,
      { after },
    );
    for (const { id, messages: first } of conversations.nodes) {
      let page = first;
      for (;;) {
        shown.push(...page.nodes.map((node: Shown) => ({ ...node, direction: node.direction.toLowerCase() })));
        if (!page.pageInfo.hasNextPage) break;
        const more = await ask(`query ($id: ID!, $inner: String) { conversation(id: $id) { ${messages} } }`, {
          id,
          inner: page.pageInfo.endCursor,
        });
        page = more.conversation.messages;
      }
    }
    if (!conversations.pageInfo.hasNextPage) return shown;
    after = conversations.pageInfo.endCursor;
  }
}

async function walkAgentMessage(tenant: Tenant, answers: string[] = []): Promise<Shown[]> {
  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of an answer
  const list = async (path: string): Promise<any[]> => {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const items: any[] = [];
    for (let cursor: string | null = null; ; ) {
      const response = await parley.fetch(`/v1/${path}?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`, tenant.key);
      const text = await response.text();
      expect(response.status, text).toBe(200);
      answers.push(text);
      const { data, meta } = JSON.parse(text);
      items.push(...data);
      if (meta.next_cursor === null) return items;
      cursor = meta.next_cursor;
    }
  };
  const shown: Shown[] = [];
  for (const { id } of await list('conversations')) {
    for (const { id: messageId, from_number, to_number, direction, body, created_at } of await list(`conversations/${id}/messages`)) {
      shown.push({ id: messageId, from: from_number, to: to_number, direction, body, createdAt: created_at });
    }
  }
  return shown;
}
