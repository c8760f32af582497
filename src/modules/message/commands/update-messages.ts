import type { Transaction } from '../../../database/database.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { findSeen, nameKey } from '../ingest/match/find-messages.ts';
import type { Outcome, Refusal } from '../ingest/match/line.ts';
import { messageEvents } from '../ingest/message-events.ts';
import { findConversations, lockConversations } from '../ingest/parties/ensure-conversations.ts';
import { inboundStatus } from '../ingest/read/contradictions.ts';
import type { MessageTarget, UpdateDraft } from '../ingest/read/update-draft.ts';
import { changeMessages } from '../ingest/write/change-messages.ts';

interface Found {
  id: string;
  conversationId: string;
  direction: 'INBOUND' | 'OUTBOUND';
}

/**
 * Applies what happened later to messages that are there, by the rules of lines seen before; several updates of one message in their order. At most some
 * thousands. @returns what became of each, in the order given; one of no message here is refused
 */
export async function updateMessages(tx: Transaction, organizationId: string, updates: readonly UpdateDraft[]): Promise<Outcome[]> {
  const found = await findMessages(
    tx,
    organizationId,
    updates.map(({ target }) => target),
  );
  const looked = updates.map(({ target, message }, index) => judge(target, message.status, found[index] ?? null));
  const retold = updates.flatMap(({ message }, index) => {
    const each = looked[index];
    return each === undefined || 'reason' in each ? [] : { ...each, index, message };
  });
  await lockConversations(tx, organizationId, [...new Set(retold.map(({ conversationId }) => conversationId))]);
  const { changes, changed } = await changeMessages(tx, organizationId, retold);
  const nothing = { recorded: [], reactions: [], replies: [], created: new Set<string>(), changedConversations: new Set<string>() };
  await writeEvents(tx, organizationId, messageEvents({ ...nothing, retold, changes }));
  const changedIndexes = new Set([...changed].map(({ index }) => index));
  return looked.map((each, index): Outcome => {
    if ('reason' in each) return { outcome: 'refused', ...each };
    return { outcome: changedIndexes.has(index) ? 'updated' : 'skipped', messageId: each.id, conversationId: each.conversationId };
  });
}

function judge(target: MessageTarget, status: string | null, found: Found | null): Found | Refusal {
  if (found === null) return { code: 'NOT_FOUND', field: 'id' in target ? 'id' : 'externalId', reason: 'there is no such message' };
  if (status !== null && found.direction === 'INBOUND')
    return { code: 'CONFLICT', field: inboundStatus.path, reason: inboundStatus.reason };
  return found;
}

/** @returns the message of each target, null where the organization has none */
async function findMessages(tx: Transaction, organizationId: string, targets: readonly MessageTarget[]): Promise<(Found | null)[]> {
  const keys = new Set(targets.flatMap((target) => ('id' in target ? [] : target.conversationKey)));
  const conversations = keys.size === 0 ? [] : await findConversations(tx, organizationId, [...keys]);
  const conversationIds = new Map(conversations.map(({ key, id }) => [key, id]));
  const nameOf = (target: MessageTarget) => {
    const conversationId = 'id' in target ? undefined : conversationIds.get(target.conversationKey);
    return 'id' in target || conversationId === undefined ? null : { conversationId, externalId: target.externalId };
  };
  const seen = await findSeen(
    tx,
    organizationId,
    targets.flatMap((target) => nameOf(target) ?? []),
  );
  const ids = targets.map((target) => {
    const name = nameOf(target);
    return 'id' in target ? target.id : name && seen.get(nameKey(name));
  });
  const rows = await tx.query<Found>({
    label: 'update_find_messages',
    text: `select id, conversation_id as "conversationId", direction from visible_messages where organization_id = $1 and id = any($2::uuid[])`,
    values: [organizationId, [...new Set(ids.filter((id) => id != null))]],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => (id == null ? null : (byId.get(id) ?? null)));
}
