import type { Transaction } from '../../../database/database.ts';
import { eventsChannel } from '../store/channels.ts';

interface Parties {
  participantIds: readonly string[];
  agentIds: readonly string[];
}

/**
 * Tells each conversation that these take part in, or that these agents answer, that it was updated: whoever keeps it keeps their names and pictures, too.
 * One statement, and nothing of it comes through this process, since an agent may answer all conversations that there are.
 * @param told conversations that are told of already
 */
export async function writePartyEvents(
  tx: Transaction,
  organizationId: string,
  { participantIds, agentIds }: Parties,
  told: Iterable<string> = [],
): Promise<void> {
  if (participantIds.length + agentIds.length === 0) return;
  await tx.query({
    label: 'events_of_parties',
    // Conversations have no index by agent: joined to no agents, they are not read at all.
    text: `with concerned as (
        select conversation_id from conversation_participants where organization_id = $1 and participant_id = any($2::uuid[])
        union select j.conversation_id from participants p
          join conversation_participants j on j.organization_id = $1 and j.participant_id = p.id
          where p.organization_id = $1 and p.agent_id = any($3::uuid[])
        union select c.id from unnest($3::uuid[]) as a (id) join conversations c on c.organization_id = $1 and c.agent_id = a.id
        except select unnest($4::uuid[])),
      written as (
        insert into events (organization_id, kind, conversation_id) select $1, 'CONVERSATION_UPDATED', conversation_id from concerned)
      select pg_notify('${eventsChannel}', $1::uuid::text)`,
    values: [organizationId, participantIds, agentIds, [...told]],
  });
}
