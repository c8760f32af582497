// A gateway that is synchronized from another one gives the same answers.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tenant } from '../support/harness.ts';
import { answersOf } from './answers.ts';
import { realLines, useTwoGateways } from './sources.ts';

const gateways = useTwoGateways();
const { first, second } = gateways;

/** The same messages in workplace chats: a phone conversation that is read as a chat becomes one, with people instead of a contact. */
function asChat({ phoneNumber, contactNumber, channel: _, ...line }: Record<string, unknown>) {
  const author = { externalId: contactNumber, firstName: 'Person', lastName: contactNumber };
  const conversation = { externalId: `${phoneNumber} ${contactNumber}`, type: 'group', title: `With ${contactNumber}` };
  return { ...line, conversation, ...(line.direction === 'inbound' && { author }) };
}

let phones: Tenant;
let chats: Tenant;

beforeAll(async () => {
  const lines = await realLines(5_000);
  phones = await first.tenant();
  chats = await first.tenant();
  await first.importLines(phones, lines);
  await first.importLines(chats, lines.map(asChat));
});

describe.each(['agentmessage', 'agentphone', 'ziik'])('%s', (contract) => {
  let to: Tenant;
  const from = () => (contract === 'ziik' ? chats : phones);

  beforeAll(async () => {
    to = await second.tenant();
  });

  test('copies 5,000 messages: both gateways answer the same', async () => {
    const result = await gateways.sync(contract, from(), to);
    expect(result).toMatchObject({ imported: 5_000, updated: 0, skipped: 0, holes: [], interrupted: false });
    expect(await answersOf(contract, second, to.key)).toEqual(await answersOf(contract, first, from().key));
  });

  test('a second run changes nothing and reads only the list', async () => {
    const result = await gateways.sync(contract, from(), to);
    expect(result).toMatchObject({ read: 0, conversations: 0, holes: [] });
    expect(result.requests).toBeLessThanOrEqual(2);
  });
});
