import { expect, test } from 'vitest';
import { renameOrganization } from '../../../src/modules/organization/commands/rename.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const h = useApp();

const read = '{ organization { name } conversations(first: 10) { nodes { id contactNumber } } }';
const updates = '{ changes(first: 10, filter: { kinds: [CONVERSATION_UPDATED] }) { nodes { conversationId } } }';

test('a new name writes one event for each conversation in which the organization is the author of a message', async () => {
  const { id, key } = await h.tenant();
  await h.importLines({ id }, [
    phoneLine({ contactNumber: '+15550000002', direction: 'outbound' }),
    phoneLine({ contactNumber: '+15550000003', direction: 'inbound' }),
  ]);
  expect((await renameOrganization(h.app.database, id, 'Renamed')).changed).toBe(true);
  expect((await renameOrganization(h.app.database, id, 'Renamed')).changed).toBe(false);
  const { data } = await h.graphql(key, read);
  expect(data.organization.name).toBe('Renamed');
  const answered = data.conversations.nodes.find(({ contactNumber }: { contactNumber: string }) => contactNumber === '+15550000002');
  // Other transactions on the server may delay events.
  const updated = async () => (await h.graphql(key, updates)).data.changes.nodes;
  await expect.poll(updated, { timeout: 20_000 }).toEqual([{ conversationId: answered.id }]);
});
