import type { Database } from '../../database/database.ts';
import { ParleyError } from '../../errors.ts';
import { createAgent } from '../../modules/agent/commands/create.ts';
import { recordConsent } from '../../modules/consent/commands/record.ts';
import { assignAgent } from '../../modules/conversation/commands/assign-agent.ts';
import { markConversationRead } from '../../modules/conversation/commands/mark-read.ts';
import { updateConversation } from '../../modules/conversation/commands/update.ts';
import type { ConversationDetails } from './contract.ts';

interface Stored {
  id: string;
  phoneNumberId: string | null;
  contactNumber: string | null;
  title: string | null;
  hasMetadata: boolean;
  archivedAt: Date | null;
  unreadCount: number;
  agent: string | null;
  optedIn: boolean | null;
  optedInAt: Date | null;
}

/**
 * Gives copied conversations the state that the source lists: it changes without a new message too. Equal values change nothing.
 * @param details by the id of the conversation here. @returns the reasons why the state of a conversation is refused, by its id
 */
export async function applyDetails(
  database: Database,
  organizationId: string,
  details: ReadonlyMap<string, ConversationDetails>,
  now: Date,
): Promise<Map<string, string>> {
  const problems = new Map<string, string>();
  if (details.size === 0) return problems;
  const rows = await database.query<Stored>({
    label: 'sync_read_details',
    text: `select c.id, c.phone_number_id as "phoneNumberId", c.contact_number as "contactNumber", c.title, c.metadata is not null as "hasMetadata",
        c.archived_at as "archivedAt", c.unread_count as "unreadCount", a.external_id as agent, k.opted_in as "optedIn", k.opted_in_at as "optedInAt"
      from conversations c
      left join agents a on a.organization_id = $1 and a.id = c.agent_id
      left join consents k on k.organization_id = $1 and k.phone_number_id = c.phone_number_id and k.contact_number = c.contact_number
      where c.organization_id = $1 and c.id = any($2::uuid[])`,
    values: [organizationId, [...details.keys()]],
  });
  for (const stored of rows) {
    const listed = details.get(stored.id) ?? {};
    try {
      await applyConsent(database, organizationId, stored, listed.consent ?? null, now);
      await applyAgent(database, organizationId, stored, listed.agent);
      await applyFields(database, organizationId, stored, listed);
      await applyUnread(database, organizationId, stored, listed.unread);
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      problems.set(stored.id, error.message);
    }
  }
  return problems;
}

/** The source shows the time of a yes, not that of a no: a no counts from the time at which it was first read. */
async function applyConsent(
  database: Database,
  organizationId: string,
  { phoneNumberId, contactNumber, ...stored }: Stored,
  consent: NonNullable<ConversationDetails['consent']> | null,
  now: Date,
): Promise<void> {
  if (consent === null || phoneNumberId === null || contactNumber === null) return;
  const { optedIn, optedInAt } = consent;
  if (stored.optedIn === optedIn && stored.optedInAt?.getTime() === optedInAt?.getTime()) return;
  const answer = { phoneNumberId, contactNumber };
  if (optedIn || optedInAt !== null) await recordConsent(database, organizationId, { ...answer, optedIn: true, at: optedInAt ?? now });
  if (!optedIn && stored.optedIn !== false) await recordConsent(database, organizationId, { ...answer, optedIn: false, at: now });
}

async function applyAgent(database: Database, organizationId: string, stored: Stored, agent: ConversationDetails['agent']): Promise<void> {
  if (agent === undefined || (agent?.externalId ?? null) === stored.agent) return;
  const id = agent === null ? null : (await createAgent(database, organizationId, agent)).id;
  await assignAgent(database, organizationId, stored.id, id);
}

async function applyFields(
  database: Database,
  organizationId: string,
  stored: Stored,
  { metadata, title, archived }: ConversationDetails,
): Promise<void> {
  const changes = {
    ...(metadata !== undefined && (metadata !== null || stored.hasMetadata) && { metadata }),
    ...(title !== undefined && title !== stored.title && { title }),
    ...(archived !== undefined && archived !== (stored.archivedAt !== null) && { archived }),
  };
  if (Object.keys(changes).length > 0) await updateConversation(database, organizationId, stored.id, changes);
}

/** Marks messages as read until no more are unread than at the source. Read messages stay read, and messages that were listed later are not counted. */
async function applyUnread(
  database: Database,
  organizationId: string,
  { id, unreadCount }: Stored,
  unread: ConversationDetails['unread'],
): Promise<void> {
  if (unread === undefined || unread.count >= unreadCount) return;
  const [message] = await database.query<{ createdAt: Date }>({
    label: 'sync_find_last_read',
    text: `select m.created_at as "createdAt" from visible_messages m
      join visible_messages last on last.organization_id = $1 and last.conversation_id = $2 and last.external_id = $3
      where m.organization_id = $1 and m.conversation_id = $2 and m.direction = 'INBOUND' and (m.created_at, m.id) <= (last.created_at, last.id)
      order by m.created_at desc, m.id desc offset $4 limit 1`,
    values: [organizationId, id, unread.lastMessage, unread.count],
  });
  if (message !== undefined) await markConversationRead(database, organizationId, id, message.createdAt);
}
