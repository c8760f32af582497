import type { Transaction } from '../../../database/database.ts';
import { webhooksChannel } from '../../event/store/channels.ts';
import type { EventRow } from '../../event/store/rows.ts';
import { keptDays } from '../store/kept.ts';

/**
 * Queues a delivery for each inbound message that events record, and for each inbound reaction of a message that they record or update, in the order of the
 * events. Only phone conversations have deliveries. The endpoint is that of the conversation's agent, else that of the organization; a disabled one gets none.
 * It existed when the message or the reaction happened: one that was created before the events are read must not take what it does not receive. What is older
 * than the endpoints or than `keptDays` is left out: history that is imported is not delivered.
 */
export async function queueDeliveries(tx: Transaction, organizationId: string, events: readonly EventRow[]): Promise<void> {
  const recorded = new Map<string, boolean>();
  for (const { kind, messageId } of events) {
    if (messageId === null || (kind !== 'MESSAGE_RECORDED' && kind !== 'MESSAGE_UPDATED')) continue;
    recorded.set(messageId, kind === 'MESSAGE_RECORDED' || recorded.get(messageId) === true);
  }
  if (recorded.size === 0) return;
  // Locked, so that no delivery ends meanwhile: the one that ends last lets the next one of its conversation begin.
  await tx.query({
    label: 'webhook_endpoints_lock',
    text: 'select w.id from webhook_endpoints w where w.organization_id = $1 and w.disabled_at is null order by w.id for no key update',
    values: [organizationId],
  });
  await tx.query({
    label: 'webhook_deliveries_queue',
    text: `with happened as (
        select h.nth, h.recorded, m.id, m.conversation_id, m.direction, m.created_at, c.agent_id
        from unnest($2::uuid[], $3::boolean[]) with ordinality as h (message_id, recorded, nth)
        join visible_messages m on m.organization_id = $1 and m.id = h.message_id
        join conversations c on c.organization_id = $1 and c.id = m.conversation_id and c.type = 'PHONE'),
      items as (
        select nth, 0 as part, 'MESSAGE'::webhook_event_kind as kind, agent_id, conversation_id, id as message_id, null::uuid as reaction_id, created_at
        from happened where recorded and direction = 'INBOUND'
        union all
        select nth, 1, 'REACTION', agent_id, conversation_id, h.id, r.id, r.created_at
        from happened h join reactions r on r.organization_id = $1 and r.message_id = h.id and r.direction = 'INBOUND'),
      wanted as (
        select i.*, w.id as endpoint_id from items i
        cross join lateral (select e.id, e.disabled_at from webhook_endpoints e
          where e.organization_id = $1 and (e.agent_id is null or e.agent_id = i.agent_id) and e.created_at <= i.created_at
          order by e.agent_id is null limit 1) w
        where w.disabled_at is null and i.created_at >= clock_timestamp() - ${keptDays} * interval '1 day'
          and not exists(select from webhook_deliveries d where d.organization_id = $1 and d.endpoint_id = w.id and d.message_id = i.message_id
            and d.kind = 'MESSAGE' and i.kind = 'MESSAGE')
          and not exists(select from webhook_deliveries d where d.organization_id = $1 and d.endpoint_id = w.id and d.reaction_id = i.reaction_id
            and d.kind = 'REACTION')),
      queued as (
        insert into webhook_deliveries (organization_id, endpoint_id, kind, agent_id, conversation_id, message_id, reaction_id, next_attempt_at)
        select $1, endpoint_id, kind, agent_id, conversation_id, message_id, reaction_id,
          case when row_number() over (partition by endpoint_id, conversation_id order by nth, part, created_at, reaction_id) = 1
            and not exists(select from webhook_deliveries d where d.organization_id = $1 and d.endpoint_id = wanted.endpoint_id
              and d.conversation_id = wanted.conversation_id and d.status = 'PENDING') then clock_timestamp() end
        from wanted order by nth, part, created_at, reaction_id
        returning 1)
      select pg_notify('${webhooksChannel}', '') from (select count(*) as deliveries from queued) q where q.deliveries > 0`,
    values: [organizationId, [...recorded.keys()], [...recorded.values()]],
  });
}
