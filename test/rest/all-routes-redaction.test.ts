// Content that is gone stands in no answer of any route, whatever is asked for.
import { describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { type Case, cases, idsOf, initOf, pathOf, scalars, withoutLinks } from './all-routes.ts';

const parley = useApp();
const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();

/** In everything that is content, and nowhere else. */
const content = 'xanadu';

const full = {
  body: `${content} 行李 here`,
  attachments: [
    { name: `${content}.pdf`, mime: 'application/pdf', size: 1, url: `https://media.example/${content}.pdf` },
    { name: `${content}.mp3`, mime: 'audio/mpeg', size: 1, url: `https://media.example/${content}.mp3`, duration: 1 },
  ],
  reactions: [{ type: 'love', direction: 'outbound', createdAt: days(1) }],
};

/** A phone conversation and a chat of old messages, each of which also answers another; `last` goes into the newest of each. */
function lines(last: Record<string, unknown> = {}) {
  const agent = { externalId: 'ada', name: 'Ada' };
  const media = { mediaUrls: [`https://media.example/${content}.png`] };
  return [phoneLine, chatLine].flatMap((line) => [
    line({ ...full, ...(line === phoneLine && { ...media, agent }), externalId: `${line.name}-1`, createdAt: days(42), ...last }),
    line({ ...full, ...(line === phoneLine && media), replyTo: `${line.name}-1`, createdAt: days(41), ...last }),
    line({ ...full, replyTo: `${line.name}-1`, createdAt: days(40), ...last }),
  ]);
}

/** All that one route says, asked plainly and with each parameter as each value that may name something. */
async function everythingSaid(each: Case, { key }: Tenant): Promise<string> {
  const path = pathOf(each, await idsOf(parley, { key }));
  const plain = await (await parley.fetch(path, key, initOf(each))).text();
  const values = new Set([content, '行李', days(41.5), ...(plain === '' ? [] : scalars(JSON.parse(plain)))]);
  const names = each.operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const said = [plain];
  for (const name of names) {
    for (const value of values) {
      const response = await parley.fetch(`${path}?${name}=${encodeURIComponent(value)}`, key, initOf(each));
      expect(response.status).toBeLessThan(500);
      said.push(withoutLinks(await response.text()));
    }
  }
  return said.join('\n');
}

const ways: [string, number | null, Record<string, unknown>][] = [
  ['past the window', 30, {}],
  ['deleted', null, { deletedAt: days(1) }],
  ['erased', null, { body: null, attachments: [], mediaUrls: [], redactedAt: days(1) }],
];

describe.each(ways)('%s', (_name, retentionDays, last) => {
  test.each(cases)('$title', async (each) => {
    const tenant = await parley.tenant(retentionDays);
    await parley.importLines(tenant, lines(last));
    const said = await everythingSaid(each, tenant);
    expect(said).not.toContain(content);
    expect(said).not.toContain('行李');
  });
});

/** Routes whose answers hold no content. */
const silent = [
  'agentphone: POST /v1/conversations/{conversation_id}/typing',
  'agentphone: POST /v1/conversations/{conversation_id}/background',
];

test.each(cases.filter(({ route, title }) => route.status !== 204 && !silent.includes(title)))(
  'the content is there to be found: $title',
  async (each) => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, lines());
    expect(await everythingSaid(each, tenant)).toContain(content);
  },
);
