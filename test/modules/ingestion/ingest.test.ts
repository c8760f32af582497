import { describe, expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { eventKinds, exported, type Line, merge, wrongCounters } from './merging.ts';

const h = useApp();
const database = () => h.app.database;
const later = '2026-02-01T00:00:00Z';

async function line(organizationId: string, externalId: string): Promise<Line> {
  const found = (await exported(database(), organizationId)).get(externalId);
  if (found === undefined) throw new Error(`no ${externalId}`);
  return found;
}

test('the same lines again change no row and tell nothing', async () => {
  const { id } = await h.tenant();
  const lines = [
    phoneLine({
      externalId: 'a',
      reactions: [{ type: 'like', direction: 'outbound', createdAt: later }],
      editedAt: later,
      metadata: { a: 1 },
    }),
    phoneLine({ externalId: 'b', direction: 'outbound', agent: { externalId: 'bot', name: 'Bot' }, replyTo: 'a', deletedAt: later }),
    phoneLine({ externalId: 'c', body: null, redactedAt: later, consent: { optedIn: true, at: later } }),
    chatLine({
      externalId: 'd',
      attachments: [{ name: 'v.ogg', mime: 'audio/ogg', size: 9, url: 'https://files.test/v.ogg', duration: 3.5 }],
    }),
  ];
  expect(await merge(database(), id, lines)).toEqual(['imported', 'imported', 'imported', 'imported']);
  const before = await rows(id);
  expect(await merge(database(), id, lines)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
  expect(await rows(id)).toEqual(before);
  expect(await wrongCounters(database(), id)).toEqual([]);
});

/** Every row of the organization, with the transaction that wrote it last. */
async function rows(organizationId: string): Promise<unknown[]> {
  const tables = [
    'phone_numbers',
    'agents',
    'participants',
    'consents',
    'conversations',
    'conversation_counts',
    'conversation_participants',
    'messages',
  ];
  const texts = [...tables, 'attachments', 'reactions', 'events'].map(
    (table) => `select '${table}' as "table", t.xmin::text, t::text as row from ${table} t where organization_id = $1`,
  );
  return database().query({ label: 'test_rows', text: `${texts.join(' union all ')} order by 1, 3`, values: [organizationId] });
}

describe('a line seen before', () => {
  test.each([
    ['queued', 'sending', 'updated'],
    ['sending', 'sent', 'updated'],
    ['sent', 'failed', 'updated'],
    ['queued', 'delivered', 'updated'],
    ['sent', 'sending', 'skipped'],
    ['delivered', 'failed', 'skipped'],
    ['failed', 'delivered', 'skipped'],
    ['undelivered', 'queued', 'skipped'],
  ])('status %s, then %s: %s', async (first, second, outcome) => {
    const { id } = await h.tenant();
    await merge(database(), id, [phoneLine({ externalId: 'a', direction: 'outbound', status: first })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', direction: 'outbound', status: second })])).toEqual([outcome]);
    expect(await line(id, 'a')).toMatchObject({ status: outcome === 'updated' ? second : first });
  });

  test('a later edit counts, an earlier one and one without its time do not', async () => {
    const { id } = await h.tenant();
    const edit = (body: string, editedAt?: string) => merge(database(), id, [phoneLine({ externalId: 'a', body, editedAt })]);
    await edit('first');
    expect(await edit('no time')).toEqual(['skipped']);
    expect(await edit('second', '2026-01-03T00:00:00Z')).toEqual(['updated']);
    expect(await edit('late news', '2026-01-02T00:00:00Z')).toEqual(['skipped']);
    expect(await line(id, 'a')).toMatchObject({ body: 'second', editedAt: '2026-01-03T00:00:00Z' });
  });

  test('deletion happens once, and ends editing', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, [phoneLine({ externalId: 'a' })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', deletedAt: later })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', deletedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: 'x', editedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await line(id, 'a')).toMatchObject({ body: null, deletedAt: later });
  });

  test('redaction blanks on disk, keeps its instant and is never undone', async () => {
    const { id } = await h.tenant();
    const content = {
      externalId: 'a',
      mediaUrls: ['https://files.test/a.png'],
      attachments: [{ name: 'a', mime: 'image/png', size: 1, url: 'https://files.test/a' }],
    };
    await merge(database(), id, [phoneLine(content)]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: null, redactedAt: later })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ ...content, editedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: null, redactedAt: '2026-03-01T00:00:00Z' })])).toEqual([
      'skipped',
    ]);
    const [stored] = await database().query<object>({
      label: 'test_stored',
      text: `select m.body, m.media_urls, m.redacted_at, (select count(*) from attachments where organization_id = $1) as attachments
        from messages m where m.organization_id = $1`,
      values: [id],
    });
    expect(stored).toEqual({ body: null, media_urls: [], redacted_at: new Date(later), attachments: 0 });
    expect(await line(id, 'a')).toMatchObject({ body: null, mediaUrls: [], redactedAt: later });
  });

  test('what a retention window redacted first keeps that instant', async () => {
    const { id } = await h.tenant(30);
    await merge(database(), id, [phoneLine({ externalId: 'a', createdAt: '2020-01-01T00:00:00Z' })]);
    const { redactedAt } = await line(id, 'a');
    expect(redactedAt).toEqual(expect.any(String));
    const told = phoneLine({ externalId: 'a', createdAt: '2020-01-01T00:00:00Z', body: null, redactedAt: '2020-01-05T00:00:00Z' });
    expect(await merge(database(), id, [told])).toEqual(['updated']);
    expect(await line(id, 'a')).toMatchObject({ redactedAt });
    expect(await merge(database(), id, [told])).toEqual(['skipped']);
  });

  test('a reaction is added once', async () => {
    const { id } = await h.tenant();
    const reaction = { type: 'like', direction: 'inbound', createdAt: later };
    await merge(database(), id, [phoneLine({ externalId: 'a' })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', reactions: [reaction, reaction] })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', reactions: [reaction] })])).toEqual(['skipped']);
    expect(await line(id, 'a')).toMatchObject({ reactions: [reaction] });
  });

  test('says nothing new of its conversation', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, [chatLine({ externalId: 'a', metadata: { v: 1 } })]);
    const again = chatLine({ externalId: 'a', metadata: { v: 2 }, conversation: { externalId: 'chat', type: 'group', title: 'New' } });
    expect(await merge(database(), id, [again])).toEqual(['skipped']);
    expect(await line(id, 'a')).toMatchObject({ metadata: { v: 1 }, conversation: { title: 'Everyone' } });
  });
});

test('an external id names a message within its conversation; a reply reaches no other', async () => {
  const { id } = await h.tenant();
  const outcomes = await merge(database(), id, [
    phoneLine({ externalId: 'a', body: 'one' }),
    phoneLine({ externalId: 'a', contactNumber: '+15550000008', body: 'two' }),
    chatLine({ externalId: 'a', body: 'three' }),
    chatLine({ externalId: 'b', replyTo: 'a' }),
  ]);
  expect(outcomes).toEqual(Array(4).fill('imported'));
  const { data } = await h.graphql(await h.key(id), '{ conversations { nodes { type messages { nodes { body replyTo { body } } } } } }');
  const chat = data.conversations.nodes.find(({ type }: { type: string }) => type === 'GROUP');
  expect(chat.messages.nodes).toEqual(expect.arrayContaining([expect.objectContaining({ replyTo: { body: 'three' } })]));
  expect(data.conversations.nodes).toHaveLength(3);
});

describe('several lines of one message in one batch', () => {
  const told = (more: object) => phoneLine({ externalId: 'a', direction: 'outbound', status: 'sent', ...more });
  const like = { type: 'like', direction: 'inbound', createdAt: later };
  const lines = [
    told({ reactions: [like] }),
    told({ reactions: [like] }),
    told({ status: 'delivered' }),
    told({ status: 'queued' }),
    told({ body: 'second', editedAt: '2026-01-03T00:00:00Z', reactions: [{ ...like, type: 'smile' }] }),
    told({ body: 'late news', editedAt: '2026-01-02T00:00:00Z' }),
    told({ deletedAt: later }),
    told({ body: 'too late', editedAt: '2026-03-01T00:00:00Z' }),
  ];
  const outcomes = ['skipped', 'updated', 'skipped', 'updated', 'skipped', 'updated', 'skipped'];

  test('new: applied in their order, and told once', async () => {
    const [one, each] = [await h.tenant(), await h.tenant()];
    expect(await merge(database(), one.id, lines)).toEqual(['imported', ...outcomes]);
    expect(await eventKinds(database(), one.id)).toEqual(['CONVERSATION_CREATED', 'MESSAGE_RECORDED']);
    for (const line of lines) await merge(database(), each.id, [line]);
    expect(await exported(database(), one.id)).toEqual(await exported(database(), each.id));
    expect(await wrongCounters(database(), one.id)).toEqual([]);
  });

  test('there already: each change told once', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, lines.slice(0, 1));
    expect(await merge(database(), id, lines.slice(1))).toEqual(outcomes);
    expect((await eventKinds(database(), id)).slice(2)).toEqual(['MESSAGE_UPDATED', 'MESSAGE_DELETED']);
    expect(await line(id, 'a')).toMatchObject({ status: 'delivered', editedAt: '2026-01-03T00:00:00Z', deletedAt: later });
  });
});

describe('refused, and nothing left behind', () => {
  test.each<[string, Line, Line]>([
    ['conversation.type: this conversation is a group', chatLine({}), chatLine({ conversation: { externalId: 'chat', type: 'direct' } })],
  ])('%s', async (reason, first, second) => {
    const { id } = await h.tenant();
    await merge(database(), id, [first]);
    const before = await rows(id);
    expect(await merge(database(), id, [second])).toEqual([expect.stringContaining(reason)]);
    expect(await rows(id)).toEqual(before);

    const together = await h.tenant();
    const outcomes = await merge(database(), together.id, [first, second]);
    expect(outcomes[0]).toBe('imported');
    expect(outcomes[1]).not.toBe('imported');
    expect((await exported(database(), together.id)).size).toBe(1);
    expect(await wrongCounters(database(), together.id)).toEqual([]);
  });
});

test('a conversation keeps its count, its first and its last message whatever the order of lines', async () => {
  const { id } = await h.tenant();
  const at = (externalId: string, createdAt: string) => phoneLine({ externalId, createdAt });
  await merge(database(), id, [at('b', '2026-01-02T00:00:00Z'), at('d', '2026-01-04T00:00:00Z'), at('d2', '2026-01-04T00:00:00Z')]);
  expect(await wrongCounters(database(), id)).toEqual([]);
  await merge(database(), id, [at('a', '2026-01-01T00:00:00Z'), at('c', '2026-01-03T00:00:00Z')]);
  expect(await wrongCounters(database(), id)).toEqual([]);
  await merge(database(), id, [at('e', '2026-01-05T00:00:00Z'), chatLine({})]);
  expect(await wrongCounters(database(), id)).toEqual([]);
});

test('a reply finds its target in either order and across batches, within its conversation', async () => {
  const { id } = await h.tenant();
  await merge(database(), id, [phoneLine({ externalId: 'reply', replyTo: 'target' }), phoneLine({ externalId: 'target' })]);
  expect(await line(id, 'reply')).toMatchObject({ replyTo: 'target' });
  await merge(database(), id, [phoneLine({ externalId: 'early', replyTo: 'late' })]);
  expect(await line(id, 'early')).not.toHaveProperty('replyTo');
  await merge(database(), id, [phoneLine({ externalId: 'late' }), phoneLine({ externalId: 'after', replyTo: 'target' })]);
  expect(await line(id, 'early')).toMatchObject({ replyTo: 'late' });
  expect(await line(id, 'after')).toMatchObject({ replyTo: 'target' });
  expect((await eventKinds(database(), id)).slice(-3)).toEqual(['MESSAGE_RECORDED', 'MESSAGE_RECORDED', 'MESSAGE_UPDATED']);

  await merge(database(), id, [phoneLine({ externalId: 'stray', replyTo: 'elsewhere' })]);
  await merge(database(), id, [chatLine({ externalId: 'elsewhere' })]);
  expect(await line(id, 'stray')).not.toHaveProperty('replyTo');
});

test('of title, agent and metadata the last line that says one wins; of each consent answer the latest', async () => {
  const { id } = await h.tenant();
  const consent = (optedIn: boolean, day: number) => ({ optedIn, at: `2026-01-0${day}T00:00:00Z` });
  await merge(database(), id, [
    phoneLine({ externalId: 'a', metadata: { v: 1 }, consent: consent(true, 3), agent: { externalId: 'x', name: 'X' } }),
    phoneLine({ externalId: 'b', metadata: { v: 2 }, consent: consent(false, 2), createdAt: '2025-12-31T00:00:00Z' }),
  ]);
  expect(await line(id, 'a')).toMatchObject({ metadata: { v: 2 }, consent: consent(true, 3), agent: { externalId: 'x', name: 'X' } });
  expect(await line(id, 'b')).toMatchObject({ consent: consent(false, 2) });
  await merge(database(), id, [
    phoneLine({ externalId: 'c', consent: consent(false, 3), agent: { externalId: 'x', name: 'Xenia' }, createdAt: later }),
  ]);
  expect(await line(id, 'c')).toMatchObject({ metadata: { v: 2 }, consent: consent(false, 3), agent: { externalId: 'x', name: 'Xenia' } });
  expect((await eventKinds(database(), id)).slice(-2)).toEqual(['MESSAGE_RECORDED', 'CONVERSATION_UPDATED']);
});

test('who writes and reacts: the person named, else the contact, else the agent, else the organization', async () => {
  const { id } = await h.tenant();
  const person = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee', title: 'Dr' };
  const agent = { externalId: 'bot', name: 'Bot' };
  const reaction = (direction: string, more = {}) => ({ type: 'like', direction, createdAt: later, ...more });
  await merge(database(), id, [
    phoneLine({ externalId: 'contact', reactions: [reaction('outbound'), reaction('inbound', { fromNumber: '+15550000077' })] }),
    phoneLine({ externalId: 'agent', direction: 'outbound', agent, reactions: [reaction('outbound'), reaction('inbound')] }),
    phoneLine({ externalId: 'organization', direction: 'outbound' }),
    phoneLine({ externalId: 'person', direction: 'outbound', agent, author: person }),
    chatLine({
      externalId: 'chat',
      author: { externalId: 'ann', firstName: 'Anna', lastName: 'Lee' },
      reactions: [reaction('inbound', { author: person })],
    }),
  ]);
  const authors = await database().query<{ what: string; who: string }>({
    label: 'test_authors',
    text: `select x.what, p.kind || coalesce(' ' || coalesce(p.contact_number, p.external_id, a.external_id), '') as who
      from (select external_id as what, author_id from visible_messages where organization_id = $1
        union all select 'on ' || m.external_id || ' ' || r.direction, r.author_id from reactions r
          join visible_messages m on m.organization_id = $1 and m.id = r.message_id where r.organization_id = $1) x
      join participants p on p.organization_id = $1 and p.id = x.author_id left join agents a on a.organization_id = $1 and a.id = p.agent_id`,
    values: [id],
  });
  expect(Object.fromEntries(authors.map(({ what, who }) => [what, who]))).toEqual({
    contact: 'CONTACT +15550000002',
    'on contact OUTBOUND': 'ORGANIZATION',
    'on contact INBOUND': 'CONTACT +15550000077',
    agent: 'AGENT bot',
    'on agent OUTBOUND': 'AGENT bot',
    'on agent INBOUND': 'CONTACT +15550000002',
    organization: 'ORGANIZATION',
    person: 'PERSON ann',
    chat: 'PERSON ann',
    'on chat INBOUND': 'PERSON ann',
  });
  expect(await line(id, 'person')).toMatchObject({ author: person });
});

test('one event a change, in order, none with content', async () => {
  const { id } = await h.tenant();
  await merge(database(), id, [phoneLine({ externalId: 'a' }), phoneLine({ externalId: 'b', direction: 'outbound', status: 'sent' })]);
  expect(await eventKinds(database(), id)).toEqual(['CONVERSATION_CREATED', 'MESSAGE_RECORDED', 'MESSAGE_RECORDED']);
  await merge(database(), id, [
    phoneLine({ externalId: 'a', deletedAt: later, body: null, redactedAt: later }),
    phoneLine({ externalId: 'b', direction: 'outbound', status: 'failed' }),
    phoneLine({ externalId: 'c', metadata: { a: 1 } }),
  ]);
  expect((await eventKinds(database(), id)).slice(3)).toEqual([
    'MESSAGE_RECORDED',
    'MESSAGE_DELETED',
    'MESSAGE_REDACTED',
    'MESSAGE_UPDATED',
    'CONVERSATION_UPDATED',
  ]);
});
