import { beforeEach, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';

const parley = useApp();
const document = `mutation ($input: UpdateParticipantInput!) { updateParticipant(input: $input) { participant {
  name firstName lastName title avatarUrl department { name } unit { name } leftAt } } }`;
let tenant: Tenant;
/** Ids by kind. */
let ids: Record<string, string>;

beforeEach(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({}),
    phoneLine({ direction: 'outbound', agent: { externalId: 'bot', name: 'Bot' } }),
    phoneLine({ direction: 'outbound' }),
    chatLine({}),
    chatLine({ conversation: { externalId: 'other', type: 'group' } }),
  ]);
  const { conversations } = await ask(parley, tenant.key, '{ conversations { nodes { participants { nodes { id participantKind } } } } }');
  const participants: { id: string; participantKind: string }[] = conversations.nodes.flatMap(
    (node: { participants: { nodes: object[] } }) => node.participants.nodes,
  );
  ids = Object.fromEntries(participants.map(({ id, participantKind }) => [participantKind, id]));
});

const update = async (kind: string, input: object) =>
  (await ask(parley, tenant.key, document, { input: { id: ids[kind], ...input } })).updateParticipant.participant;
const refused = async (id: string, input: object, code: string, field?: string) => {
  const told = await eventsWrittenBy(parley, tenant, async () => {
    const { data, errors } = await parley.graphql(tenant.key, document, { input: { id, ...input } });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: field === undefined ? { code } : { code, field: `input.${field}` } }]);
  });
  expect(told).toEqual([]);
};

test('a person: given fields are set, absent ones stay, null clears; each of their conversations gets one event', async () => {
  const all = {
    firstName: 'Anna',
    lastName: 'Li 李',
    title: 'Dr',
    avatarUrl: 'https://files.test/ann.png',
    department: 'Sales',
    unit: 'Oslo',
  };
  const both = ['CONVERSATION_UPDATED', 'CONVERSATION_UPDATED'];
  const shown = { ...all, name: 'Anna Li 李', department: { name: 'Sales' }, unit: { name: 'Oslo' }, leftAt: null };
  const steps: [object, object, string[]][] = [
    [all, shown, both],
    [all, shown, []],
    [{}, shown, []],
    [{ title: null, unit: null, lastName: null }, { ...shown, name: 'Anna', title: null, unit: null, lastName: null }, both],
  ];
  for (const [input, expected, events] of steps) {
    expect(await eventsWrittenBy(parley, tenant, async () => expect(await update('PERSON', input)).toEqual(expected))).toEqual(events);
  }
});

test('stores the time at which a person leaves, and clears it when they return', async () => {
  const { leftAt } = await update('PERSON', { left: true });
  expect(Math.abs(Date.parse(leftAt) - Date.now())).toBeLessThan(60_000);
  expect(await update('PERSON', { left: true })).toMatchObject({ leftAt });
  expect(await update('PERSON', { left: null })).toMatchObject({ leftAt });
  expect(await update('PERSON', { left: false })).toMatchObject({ leftAt: null });
});

test('a contact has a name and a picture, and no fields of the workplace', async () => {
  const told = await eventsWrittenBy(parley, tenant, async () => {
    expect(await update('CONTACT', { firstName: 'Cleo', avatarUrl: 'https://files.test/c.png' })).toMatchObject({ name: 'Cleo' });
    expect(await update('CONTACT', { firstName: null })).toMatchObject({ name: '+15550000002' });
  });
  expect(told).toEqual(['CONVERSATION_UPDATED', 'CONVERSATION_UPDATED']);
  for (const [field, value] of Object.entries({ title: 'Dr', department: 'New', unit: 'New', left: true })) {
    await refused(ids.CONTACT ?? '', { firstName: 'Not kept', [field]: value }, 'BAD_USER_INPUT', field);
  }
  const departments = await parley.app.database.query({
    label: 'test_departments',
    text: 'select name from departments where organization_id = $1',
    values: [tenant.id],
  });
  expect(departments).toEqual([]);
});

test.each(['AGENT', 'ORGANIZATION'])('refuses to change a participant of kind %s', async (kind) => {
  await refused(ids[kind] ?? '', { firstName: 'x' }, 'BAD_USER_INPUT', 'id');
});

test.each([
  ['firstName', ''],
  ['firstName', 'a\u001b[2K'],
  ['lastName', 'x'.repeat(201)],
  ['title', 'a\0'],
  ['department', ' '],
  ['unit', '\ud800'],
  ['avatarUrl', `https://files.test/${'x'.repeat(4_096)}`],
])('refuses %s %j', (field, value) => refused(ids.PERSON ?? '', { [field]: value }, 'BAD_USER_INPUT', field));

test.each(['https:/files.test/a.png', 'https://files.test/\0', 'https://me:secret@files.test/a.png'])(
  'a picture at %j is refused, and the field named',
  async (avatarUrl) => {
    const { errors } = await parley.graphql(tenant.key, document, { input: { id: ids.PERSON, avatarUrl } });
    expect(errors).toMatchObject([{ message: expect.stringContaining('input.avatarUrl'), extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

test("refuses an id that is unknown, another organization's, or malformed", async () => {
  await refused(encodeId('Participant', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'), { firstName: 'x' }, 'NOT_FOUND');
  await refused('x', { firstName: 'x' }, 'BAD_USER_INPUT', 'id');
  const stranger = await parley.tenant();
  const { errors } = await parley.graphql(stranger.key, document, { input: { id: ids.PERSON, firstName: 'x' } });
  expect(errors).toMatchObject([{ message: 'there is no such participant', extensions: { code: 'NOT_FOUND' } }]);
});

test('does not deadlock with a recording of messages of the same people', async () => {
  const author = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee', department: 'Sales' };
  await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      await parley.importLines(tenant, [chatLine({ author: { ...author, unit: `U${index}` } })]);
      await update('PERSON', { department: `D${index}`, unit: 'Oslo' });
    }),
  );
  expect(await update('PERSON', { title: 'Dr', unit: 'Oslo' })).toMatchObject({ title: 'Dr', unit: { name: 'Oslo' } });
});
