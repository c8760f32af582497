import { expect, test } from 'vitest';
import { renameOrganization } from '../../../src/modules/organization/commands/rename.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const h = useApp();

const read =
  '{ organization { name } changes(first: 100) { nodes { changeKind conversationId } } conversations(first: 10) { nodes { id contactNumber } } }';

test('a new name writes an event for each conversation in which the organization is the author of a message', async () => {
  const { id, key } = await h.tenant();
  await h.importLines({ id }, [
    phoneLine({ contactNumber: '+15550000002', direction: 'outbound' }),
    phoneLine({ contactNumber: '+15550000003', direction: 'inbound' }),
  ]);
  const before = (await h.graphql(key, read)).data;
  expect((await renameOrganization(h.app.database, id, 'Renamed')).changed).toBe(true);
  const { data } = await h.graphql(key, read);
  expect(data.organization.name).toBe('Renamed');
  const added = data.changes.nodes.slice(before.changes.nodes.length);
  const answered = before.conversations.nodes.find(({ contactNumber }: { contactNumber: string }) => contactNumber === '+15550000002');
  expect(added).toEqual([{ changeKind: 'CONVERSATION_UPDATED', conversationId: answered.id }]);
  expect((await renameOrganization(h.app.database, id, 'Renamed')).changed).toBe(false);
  expect((await h.graphql(key, read)).data.changes).toEqual(data.changes);
});
