import type { Transaction } from '../../../database/database.ts';
import { eventsChannel } from '../store/channels.ts';

interface Parties {
  participantIds: readonly string[];
  agentIds: readonly string[];
}

/**
 * Writes a CONVERSATION_UPDATED event for each conversation with these participants or agents: caches of a conversation hold their names and pictures.
 * One statement that returns no rows, since an agent may answer all conversations. @param notified conversations that have such an event already
 */
export async function writePartyEvents(
  tx: Transaction,
  organizationId: string,
  { participantIds, agentIds }: Parties,
  notified: Iterable<string> = [],
): Promise<void> {
  if (participantIds.length + agentIds.length === 0) return;
  await tx.query({
    label: 'events_of_parties',
    // Conversations have no index by agent: without agents the join reads none of them.
    text: `with affected as (
        select conversation_id from conversation_participants where organization_id = $1 and participant_id = any($2::uuid[])
        union select j.conversation_id from participants p
          join conversation_participants j on j.organization_id = $1 and j.participant_id = p.id
          where p.organization_id = $1 and p.agent_id = any($3::uuid[])
        union select c.id from unnest($3::uuid[]) as a (id) join conversations c on c.organization_id = $1 and c.agent_id = a.id
        except select unnest($4::uuid[])),
      written as (
        insert into events (organization_id, transaction_id, kind, conversation_id)
        select $1, event.position, 'CONVERSATION_UPDATED', conversation_id from event_position() as event (position) cross join affected)
      select pg_notify('${eventsChannel}', $1::uuid::text)`,
    values: [organizationId, participantIds, agentIds, [...notified]],
  });
}
