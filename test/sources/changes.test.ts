// Changes at the source between two runs, and messages of one instant, arrive here too.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Tenant } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { answersOf } from './answers.ts';
import { useTwoGateways } from './sources.ts';

const gateways = useTwoGateways();
const { first, second } = gateways;

let from: Tenant;
let to: Tenant;

beforeEach(async () => {
  from = await first.tenant();
  to = await second.tenant();
});

const instant = '2026-01-01T12:00:00Z';
const lines: Record<string, (given: Record<string, unknown>) => Record<string, unknown>> = {
  agentmessage: phoneLine,
  agentphone: phoneLine,
  ziik: chatLine,
};

describe.each(['agentmessage', 'agentphone', 'ziik'])('%s', (contract) => {
  const line = (given: Record<string, unknown>) => lines[contract]?.(given) ?? {};
  const numbered = (begin: number, end: number) =>
    Array.from({ length: end - begin }, (_, index) =>
      line({ externalId: `m${begin + index}`, body: `Message ${begin + index}`, createdAt: instant }),
    );
  const run = (given = {}) => gateways.sync(contract, from, to, given);
  const expectEqual = async () => expect(await answersOf(contract, second, to.key)).toEqual(await answersOf(contract, first, from.key));

  test('500 messages of one instant keep their order, and so do those that follow at the same instant', async () => {
    await first.importLines(from, numbered(0, 500));
    expect(await run()).toMatchObject({ imported: 500, holes: [] });
    await expectEqual();
    await first.importLines(from, numbered(500, 620));
    expect(await run()).toMatchObject({ imported: 120, holes: [] });
    await expectEqual();
  });

  test('new messages, a redaction, a deletion and an edit', async () => {
    const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`;
    const old = Array.from({ length: 10 }, (_, index) => line({ externalId: `m${index}`, body: `Message ${index}`, createdAt: at(index) }));
    await first.importLines(from, old);
    await run();
    await first.importLines(from, [
      { ...old[1], body: null, redactedAt: at(30) },
      { ...old[2], deletedAt: at(31) },
      { ...old[3], body: 'Message 3, edited', editedAt: at(32) },
      line({ externalId: 'new', body: 'A new one', createdAt: at(40) }),
      line({ externalId: 'answer', body: 'An answer', direction: 'outbound', createdAt: at(41), replyTo: 'new' }),
    ]);
    expect(await run()).toMatchObject({ imported: 2, holes: [] });
    await run({ full: true });
    await expectEqual();
    expect(await run({ full: true })).toMatchObject({ imported: 0, updated: 0, holes: [] });
  });

  test('what is redacted at the source arrives redacted, not edited to an empty text', async () => {
    const body = 'A secret that must vanish';
    const message = line({ externalId: 'm', body, createdAt: instant });
    await first.importLines(from, [message, line({ externalId: 'other', body: 'Stays', createdAt: instant })]);
    await run();
    await first.importLines(from, [{ ...message, body: null, redactedAt: '2026-01-02T00:00:00Z' }]);
    await run({ full: true });
    const { data } = await second.graphql(to.key, '{ conversations { nodes { messages { nodes { body redactedAt editedAt } } } } }');
    const [redacted, other] = data.conversations.nodes[0].messages.nodes;
    const redactedAt = contract === 'ziik' ? expect.any(String) : '2026-01-02T00:00:00Z';
    expect([redacted, other].sort((one) => (one.body === null ? -1 : 1))).toEqual([
      { body: null, redactedAt, editedAt: null },
      { body: 'Stays', redactedAt: null, editedAt: null },
    ]);
  });

  test('--since leaves out earlier messages; an earlier one, or none, adds them', async () => {
    await first.importLines(from, [
      line({ externalId: 'old', createdAt: '2025-01-01T00:00:00Z' }),
      line({ externalId: 'new', createdAt: '2026-01-01T00:00:00Z' }),
    ]);
    expect(await run({ since: new Date('2025-06-01T00:00:00Z') })).toMatchObject({ imported: 1 });
    expect(await run({ since: new Date('2025-09-01T00:00:00Z') })).toMatchObject({ imported: 0 });
    expect(await run()).toMatchObject({ imported: 1 });
    await expectEqual();
  });
});

test('agentmessage: consent and delivery states', async () => {
  const at = '2026-01-01T00:00:00Z';
  const sent = phoneLine({ externalId: 'm', direction: 'outbound', status: 'sent', createdAt: at });
  const run = (given = {}) => gateways.sync('agentmessage', from, to, given);
  const expectEqual = async () =>
    expect(await answersOf('agentmessage', second, to.key)).toEqual(await answersOf('agentmessage', first, from.key));
  await first.importLines(from, [{ ...sent, consent: { optedIn: true, at } }]);
  await run();
  await expectEqual();
  await first.importLines(from, [
    { ...sent, status: 'delivered' },
    phoneLine({
      externalId: 'n',
      body: 'STOP',
      createdAt: '2026-01-02T00:00:00Z',
      consent: { optedIn: false, at: '2026-01-02T00:00:00Z' },
    }),
  ]);
  await run();
  await expectEqual();
});

test('agentphone: metadata, agent, media, replies and reactions', async () => {
  const reactions = [
    { type: 'love', direction: 'inbound', createdAt: '2026-01-01T00:01:00Z' },
    { type: 'like', direction: 'outbound', createdAt: '2026-01-01T00:02:00Z' },
  ];
  await first.importLines(from, [
    phoneLine({ externalId: 'm', metadata: { order: 7 }, agent: { externalId: 'bot', name: 'Bot' }, reactions }),
    phoneLine({ externalId: 'n', direction: 'outbound', body: '', mediaUrls: ['https://media.example/a.png'], replyTo: 'm' }),
  ]);
  await gateways.sync('agentphone', from, to);
  expect(await answersOf('agentphone', second, to.key)).toEqual(await answersOf('agentphone', first, from.key));
  const { data } = await second.graphql(to.key, '{ agents { nodes { name } } conversations { nodes { agent { name } metadata } } }');
  expect(data).toEqual({
    agents: { nodes: [{ name: 'Bot' }] },
    conversations: { nodes: [{ agent: { name: 'Bot' }, metadata: { order: 7 } }] },
  });
});

test('ziik: people, files, a voice message, reactions, titles and read messages', async () => {
  const author = {
    externalId: 'ann',
    firstName: 'Ann',
    lastName: 'Lee',
    title: 'Manager',
    department: 'Sales',
    unit: 'HQ',
    avatarUrl: 'https://media.example/a.png',
  };
  const attachments = [
    { name: 'plan.pdf', mime: 'application/pdf', size: 9, url: 'https://media.example/plan.pdf' },
    { name: 'voice.mp3', mime: 'audio/mpeg', size: 5, url: 'https://media.example/voice.mp3', duration: 2.5 },
  ];
  const reactions = [{ type: 'love', direction: 'inbound', author, createdAt: '2026-01-01T00:01:00Z' }];
  await first.importLines(from, [
    chatLine({ externalId: 'm', author, attachments, reactions }),
    chatLine({ externalId: 'n', author, kind: 'service', body: 'Ann joined', createdAt: '2026-01-01T00:02:00Z', replyTo: 'm' }),
    chatLine({ externalId: 'o', author, createdAt: '2026-01-01T00:03:00Z' }),
  ]);
  const { data } = await first.graphql(from.key, '{ conversations { nodes { id } } }');
  const mutation = 'mutation ($id: ID!) { markConversationRead(input: { id: $id, through: "2026-01-01T00:02:30Z" }) { __typename } }';
  expect((await first.graphql(from.key, mutation, { id: data.conversations.nodes[0].id })).errors).toBeUndefined();
  await gateways.sync('ziik', from, to);
  expect(await answersOf('ziik', second, to.key)).toEqual(await answersOf('ziik', first, from.key));
});
