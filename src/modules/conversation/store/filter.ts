import { countUpTo } from '../../../database/count.ts';
import type { Bind } from '../../../database/keyset.ts';
import { badInput } from '../../../errors.ts';
import type { ConversationType } from '../../../generated/prisma/enums.ts';
import { checkMetadata } from '../../../values/metadata.ts';
import { participantName, participantSource } from '../../participant/store/rows.ts';
import { containing } from '../../search/containing.ts';

/** A key of the metadata, and its value: any JSON value, null too. */
interface MetadataFilter {
  key: string;
  value?: unknown;
}

export interface ConversationFilter {
  phoneNumberId?: string | null;
  contactNumber?: string | null;
  agentId?: string | null;
  unassigned?: boolean | null;
  /** Conversations whose latest message was sent at this time or later. */
  since?: Date | null;
  /** A conversation without a consent record matches neither value. */
  optedIn?: boolean | null;
  types?: readonly ConversationType[] | null;
  archived?: boolean | null;
  unread?: boolean | null;
  metadata?: MetadataFilter | null;
  /** Part of the title, the contact's address or a participant's name; at most 256 characters. */
  query?: string | null;
}

/** The filter as SQL conditions over the conversations `c`. `organization` is the placeholder of the organization's id. @throws BAD_USER_INPUT */
export function filterConditions(filter: ConversationFilter, bind: Bind, organization: string): string[] {
  const { phoneNumberId, contactNumber, agentId, since, optedIn, types, archived, unread, metadata, unassigned, query } = filter;
  return [
    phoneNumberId != null && `c.phone_number_id = ${bind(phoneNumberId)}::uuid`,
    contactNumber != null && `c.contact_number = ${bind(contactNumber)}`,
    agentId != null && `c.agent_id = ${bind(agentId)}::uuid`,
    unassigned != null && `c.agent_id is ${unassigned ? 'null' : 'not null'}`,
    since != null && `c.last_message_at >= ${bind(since)}::timestamptz`,
    optedIn != null &&
      `exists(select from consents s where s.organization_id = ${organization} and s.phone_number_id = c.phone_number_id
        and s.contact_number = c.contact_number and s.opted_in = ${bind(optedIn)})`,
    types != null && `c.type = any(${bind(types)}::text[]::conversation_type[])`,
    archived != null && `c.archived_at is ${archived ? 'not null' : 'null'}`,
    unread != null && `c.unread_count ${unread ? '>' : '='} 0`,
    metadata != null && hasMetadata(metadata, bind),
    query != null && nameContains(query, bind, organization),
  ].filter((condition) => condition !== false);
}

/**
 * Metadata has no index. An index would double the time of the update that each recorded message makes. PostgreSQL would also use it for common values, for
 * which reading the list in its order is a thousand times faster. Without an index PostgreSQL compares 270,000 conversations in a sixth of a second.
 * @throws BAD_USER_INPUT
 */
function hasMetadata({ key, value }: MetadataFilter, bind: Bind): string {
  if (value === undefined) throw badInput('filter.metadata.value', 'is missing: null finds a key whose value is null');
  const part = { [key]: value };
  checkMetadata(part, 'filter.metadata');
  if (valuesIn(value) > maxFilterValues) throw badInput('filter.metadata.value', `must have at most ${maxFilterValues} values in all`);
  return `c.metadata @> ${bind(JSON.stringify(part))}::jsonb`;
}

/** Values of a metadata filter. PostgreSQL compares each with each stored one: thousands with thousands took seconds for one conversation. */
const maxFilterValues = 10;

/** The number of values in a JSON value, itself included; it stops soon after `maxFilterValues`. */
function valuesIn(value: unknown): number {
  let count = 1;
  if (typeof value !== 'object' || value === null) return count;
  for (const each of Object.values(value)) {
    count += valuesIn(each);
    if (count > maxFilterValues) break;
  }
  return count;
}

/** Compares each participant's name once, not once in each of their conversations. */
function nameContains(query: string, bind: Bind, organization: string): string {
  const contains = containing('filter.query', query, bind);
  const people = `select p.id from ${participantSource.from} where p.organization_id = ${organization} and ${contains(participantName)}`;
  return `(${contains('c.title')} or ${contains('c.contact_number')}
    or c.id in (select j.conversation_id from conversation_participants j
    where j.organization_id = ${organization} and j.participant_id in (${people})))`;
}

/** The number of matching conversations, as SQL: from the stored counters if only types are filtered, else by `countUpTo`. */
export function filterTotal(filter: ConversationFilter, bind: Bind, filtered: string): string {
  const { types, ...others } = filter;
  if (Object.values(others).some((value) => value != null)) {
    return countUpTo(`select ${filtered}`);
  }
  const ofTypes = types == null ? '' : ` and k.type = any(${bind(types)}::text[]::conversation_type[])`;
  return `(select coalesce(sum(k.conversations), 0) from conversation_counts k where k.organization_id = $1${ofTypes})`;
}
