import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';

const parley = useApp();
const document = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { changed consent { optedIn optedInAt optedOutAt } } }`;
const at = (day: number) => `2026-01-0${day}T00:00:00Z`;
let tenant: Tenant;
let phoneNumberId: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  phoneNumberId = (await ask(parley, tenant.key, '{ phoneNumbers { nodes { id } } }')).phoneNumbers.nodes[0].id;
});

const record = async (optedIn: boolean, day: number, contactNumber = '+15550000002') =>
  (await ask(parley, tenant.key, document, { input: { phoneNumberId, contactNumber, optedIn, at: at(day) } })).recordConsent;

test('stores the latest time of each answer, counts the later answer, and writes one event for each change', async () => {
  const steps: [boolean, number, object, string[]][] = [
    [true, 3, { changed: true, consent: { optedIn: true, optedInAt: at(3), optedOutAt: null } }, ['CONVERSATION_UPDATED']],
    [true, 3, { changed: false, consent: { optedIn: true, optedInAt: at(3), optedOutAt: null } }, []],
    [true, 2, { changed: false, consent: { optedIn: true, optedInAt: at(3), optedOutAt: null } }, []],
    [false, 1, { changed: true, consent: { optedIn: true, optedInAt: at(3), optedOutAt: at(1) } }, ['CONVERSATION_UPDATED']],
    [false, 3, { changed: true, consent: { optedIn: false, optedInAt: at(3), optedOutAt: at(3) } }, ['CONVERSATION_UPDATED']],
    [true, 4, { changed: true, consent: { optedIn: true, optedInAt: at(4), optedOutAt: at(3) } }, ['CONVERSATION_UPDATED']],
  ];
  for (const [optedIn, day, result, events] of steps) {
    expect(await eventsWrittenBy(parley, tenant, async () => expect(await record(optedIn, day)).toEqual(result))).toEqual(events);
  }
  const { conversations } = await ask(parley, tenant.key, '{ conversations(filter: { optedIn: true }) { nodes { consent { optedIn } } } }');
  expect(conversations.nodes).toEqual([{ consent: { optedIn: true } }]);
});

test('answers in any order, and at once, give the same as lines of an import', async () => {
  const answers = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 8 });
  let contact = 10;
  await fc.assert(
    fc.asyncProperty(answers, fc.boolean(), async (given, atOnce) => {
      const [imported, recorded] = [`+155500100${contact++}`, `+155500100${contact++}`];
      await parley.importLines(
        tenant,
        given.map(([optedIn, day]) => phoneLine({ contactNumber: imported, consent: { optedIn, at: at(day) } })),
      );
      if (atOnce) await Promise.all(given.map(([optedIn, day]) => record(optedIn, day, recorded)));
      else for (const [optedIn, day] of given.toReversed()) await record(optedIn, day, recorded);
      const [optedIn, day] = given[0] ?? [true, 1];
      const [one, other] = [await record(optedIn, day, imported), await record(optedIn, day, recorded)];
      expect(one).toEqual({ ...other, changed: false });
      expect(other.changed).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test('an answer of a contact who has not written yet holds once they write', async () => {
  const told = await eventsWrittenBy(parley, tenant, async () => {
    expect(await record(false, 1, '+15550000009')).toMatchObject({ changed: true, consent: { optedIn: false } });
  });
  expect(told).toEqual([]);
  await parley.importLines(tenant, [phoneLine({ contactNumber: '+15550000009' })]);
  const query = '{ conversations(filter: { contactNumber: "+15550000009" }) { nodes { consent { optedIn optedOutAt } } } }';
  expect((await ask(parley, tenant.key, query)).conversations.nodes).toEqual([{ consent: { optedIn: false, optedOutAt: at(1) } }]);
});

test.each([
  ['no id', { phoneNumberId: 'x' }, 'BAD_USER_INPUT'],
  ['an id of another type', { phoneNumberId: encodeId('Agent', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e') }, 'BAD_USER_INPUT'],
  ['an unknown number', { phoneNumberId: encodeId('PhoneNumber', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e') }, 'NOT_FOUND'],
  ['no contact', { contactNumber: '+00000000' }, 'BAD_USER_INPUT'],
  ['no instant', { at: '2026-02-30T00:00:00Z' }, 'BAD_USER_INPUT'],
])('%s is refused', async (_name, wrong, code) => {
  const input = { phoneNumberId, contactNumber: '+15550000002', optedIn: true, at: at(1), ...wrong };
  const { errors } = await parley.graphql(tenant.key, document, { input });
  expect(errors).toMatchObject([{ extensions: { code } }]);
});

test("another organization's number is NOT_FOUND", async () => {
  const stranger = await parley.tenant();
  const input = { phoneNumberId, contactNumber: '+15550000002', optedIn: true, at: at(1) };
  const { errors } = await parley.graphql(stranger.key, document, { input });
  expect(errors).toMatchObject([{ message: 'there is no such phone number', extensions: { code: 'NOT_FOUND' } }]);
});
