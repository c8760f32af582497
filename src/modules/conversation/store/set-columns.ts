import type { Transaction } from '../../../database/database.ts';

type Column =
  | 'title'
  | 'metadata'
  | 'archived_at'
  | 'read_through'
  | 'unread_count'
  | 'background_id'
  | 'background_url'
  | 'background_version'
  | 'agent_id';

/** Sets columns of a locked conversation; undefined leaves a column unchanged. @returns true if a value changed */
export async function setColumns(
  tx: Transaction,
  organizationId: string,
  id: string,
  wanted: Readonly<Partial<Record<Column, unknown>>>,
): Promise<boolean> {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (given.length === 0) return false;
  const names = given.map(([name]) => `c.${name}`).join(', ');
  const places = given.map((_, index) => `$${index + 3}`);
  const rows = await tx.query({
    label: 'conversation_set',
    shaped: true,
    text: `update conversations c set ${given.map(([name], index) => `${name} = ${places[index]}`).join(', ')}
      where c.organization_id = $1 and c.id = $2 and (${names}) is distinct from (${places.join(', ')}) returning c.id`,
    values: [organizationId, id, ...given.map(([, value]) => value)],
  });
  return rows.length > 0;
}
