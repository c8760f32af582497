import type { RequestDatabase } from '../../../database/database.ts';
import { checkName } from '../../../values/name.ts';
import { writePartyEvents } from '../../event/commands/write-party-events.ts';
import { lockOrganization } from '../store/lock.ts';
import { type OrganizationRow, organizationFields } from '../store/rows.ts';

/**
 * Renames an organization. Messages that it wrote itself have its name as their author's, so each of their conversations gets an event. An equal name changes
 * nothing. @returns the organization; `changed` is true if this changed it. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function renameOrganization(
  database: RequestDatabase,
  organizationId: string,
  name: string,
): Promise<OrganizationRow & { changed: boolean }> {
  checkName('name', name);
  return database.transaction(async (tx) => {
    const before = await lockOrganization(tx, organizationId);
    if (before.name === name) return { ...before, changed: false };
    const after = await tx.prisma.organization.update({ where: { id: organizationId }, data: { name }, select: organizationFields });
    const authors = await tx.query<{ id: string }>({
      label: 'organization_participant',
      text: `select id from participants where organization_id = $1 and kind = 'ORGANIZATION'`,
      values: [organizationId],
    });
    await writePartyEvents(tx, organizationId, { participantIds: authors.map(({ id }) => id), agentIds: [] });
    return { ...after, changed: true };
  });
}
