import type { Transaction } from '../../../database/database.ts';
import type { MessageDirection } from '../../../generated/prisma/enums.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { findMessages, nameKey } from '../ingest/match/find-messages.ts';
import type { Outcome, Refusal } from '../ingest/match/line.ts';
import { messageEvents } from '../ingest/message-events.ts';
import { findConversations, lockConversations } from '../ingest/parties/ensure-conversations.ts';
import { inboundStatus } from '../ingest/read/contradictions.ts';
import type { MessageTarget, UpdateDraft } from '../ingest/read/update-draft.ts';
import { changeMessages } from '../ingest/write/change-messages.ts';

interface Found {
  id: string;
  conversationId: string;
  direction: MessageDirection;
}

/**
 * Updates stored messages by the rules of imported lines; several updates of one message are applied in their order. The caller passes at most a few thousand.
 * @returns the outcome of each, in their order
 */
export async function updateMessages(tx: Transaction, organizationId: string, drafts: readonly UpdateDraft[]): Promise<Outcome[]> {
  const targets = drafts.map(({ target }) => target);
  const found = await findTargets(tx, organizationId, targets);
  const checked = drafts.map((draft, index) => check(draft, found[index] ?? null));
  const updates = drafts.flatMap(({ values }, index) => {
    const each = checked[index];
    return each === undefined || 'reason' in each ? [] : { ...each, index, values };
  });
  await lockConversations(tx, organizationId, [...new Set(updates.map(({ conversationId }) => conversationId))]);
  const { changes, changed } = await changeMessages(tx, organizationId, updates);
  const none = {
    recorded: [],
    reactions: [],
    replies: [],
    createdConversations: new Set<string>(),
    changedConversations: new Set<string>(),
  };
  await writeEvents(tx, organizationId, messageEvents({ ...none, updated: updates, changes }));
  const changedIndexes = new Set([...changed].map(({ index }) => index));
  return checked.map((each, index): Outcome => {
    if ('reason' in each) return { outcome: 'refused', ...each };
    return { outcome: changedIndexes.has(index) ? 'updated' : 'skipped', messageId: each.id, conversationId: each.conversationId };
  });
}

function check({ target, values }: UpdateDraft, found: Found | null): Found | Refusal {
  if (found === null) return { code: 'NOT_FOUND', field: 'id' in target ? 'id' : 'externalId', reason: 'there is no such message' };
  if (values.status !== null && found.direction === 'INBOUND')
    return { code: 'CONFLICT', field: inboundStatus.path, reason: inboundStatus.reason };
  return found;
}

/** Returns the message of each target; null if the organization has none. */
async function findTargets(tx: Transaction, organizationId: string, targets: readonly MessageTarget[]): Promise<(Found | null)[]> {
  const keys = new Set(targets.flatMap((target) => ('id' in target ? [] : target.conversationKey)));
  const conversations = keys.size === 0 ? [] : await findConversations(tx, organizationId, [...keys]);
  const conversationIds = new Map(conversations.map(({ key, id }) => [key, id]));
  const nameOf = (target: MessageTarget) => {
    const conversationId = 'id' in target ? undefined : conversationIds.get(target.conversationKey);
    return 'id' in target || conversationId === undefined ? null : { conversationId, externalId: target.externalId };
  };
  const names = targets.flatMap((target) => nameOf(target) ?? []);
  const idsByName = await findMessages(tx, organizationId, names);
  const ids = targets.map((target) => {
    const name = nameOf(target);
    return 'id' in target ? target.id : name && idsByName.get(nameKey(name));
  });
  const rows = await tx.query<Found>({
    label: 'update_find_messages',
    text: `select id, conversation_id as "conversationId", direction from visible_messages where organization_id = $1 and id = any($2::uuid[])`,
    values: [organizationId, [...new Set(ids.filter((id) => id != null))]],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => (id == null ? null : (byId.get(id) ?? null)));
}
