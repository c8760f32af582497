import type { Bind } from '../../database/keyset.ts';
import { badInput } from '../../errors.ts';
import type { ConversationType } from '../../generated/prisma/enums.ts';
import { textProblem } from '../../storable-text.ts';
import { participantName, participantSource } from '../participant/rows.ts';
import { checkQuery } from '../search/check-query.ts';

export interface ConversationFilter {
  phoneNumberId?: string | null;
  contactNumber?: string | null;
  agentId?: string | null;
  /** Conversations whose last message came at this instant or later. */
  since?: Date | null;
  /** A conversation without a consent record matches neither value. */
  optedIn?: boolean | null;
  types?: readonly ConversationType[] | null;
  archived?: boolean | null;
  unread?: boolean | null;
  /** Part of the title, the contact's number or a participant's name; at most 256 characters. */
  query?: string | null;
}

/** How many filtered conversations are counted; a total of this many means so many or more. */
export const countedAtMost = 10_000;

/** The filter as SQL conditions over the organization's conversations `c`. @throws BAD_USER_INPUT */
export function filterConditions(filter: ConversationFilter, bind: Bind, organizationId: string): string[] {
  const { phoneNumberId, contactNumber, agentId, since, optedIn, types, archived, unread, query } = filter;
  return [
    phoneNumberId != null && `c.phone_number_id = ${bind(phoneNumberId)}::uuid`,
    contactNumber != null && `c.contact_number = ${bind(contactNumber)}`,
    agentId != null && `c.agent_id = ${bind(agentId)}::uuid`,
    since != null && `c.last_message_at >= ${bind(since)}::timestamptz`,
    optedIn != null &&
      `exists(select from consents s where s.organization_id = c.organization_id and s.phone_number_id = c.phone_number_id
        and s.contact_number = c.contact_number and s.opted_in = ${bind(optedIn)})`,
    types != null && `c.type = any(${bind(types)}::text[]::conversation_type[])`,
    archived != null && `c.archived_at is ${archived ? 'not null' : 'null'}`,
    unread != null && `c.unread_count ${unread ? '>' : '='} 0`,
    query != null && named(query, bind, organizationId),
  ].filter((condition) => condition !== false);
}

/** No pattern, so that no character of the query has a meaning of its own. Each participant's name is looked at once, not in each conversation. */
function named(query: string, bind: Bind, organizationId: string): string {
  checkQuery('filter.query', query);
  const problem = textProblem(query);
  if (problem !== null) throw badInput('filter.query', problem);
  const organization = `${bind(organizationId)}::uuid`;
  const wanted = folded(`${bind(query)}::text`);
  const people = `select p.id from ${participantSource.from} where p.organization_id = ${organization} and strpos(${folded(participantName)}, ${wanted}) > 0`;
  return `(strpos(${folded('c.title')}, ${wanted}) > 0 or strpos(c.contact_number, ${wanted}) > 0
    or c.id in (select j.conversation_id from conversation_participants j
    where j.organization_id = ${organization} and j.participant_id in (${people})))`;
}

/** A text without case, accents and width, as SQL. */
function folded(text: string): string {
  return `normalize(regexp_replace(normalize(lower(normalize(${text}, NFKD)), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)`;
}

/** How many conversations match, as SQL: from the kept counters where only types are asked for, else counted up to `countedAtMost`. */
export function filterTotal(filter: ConversationFilter, bind: Bind, filtered: string): string {
  const { types, ...others } = filter;
  if (Object.values(others).some((value) => value != null)) {
    return `(select count(*) from (select ${filtered} limit ${countedAtMost}) matching)`;
  }
  const ofTypes = types == null ? '' : ` and k.type = any(${bind(types)}::text[]::conversation_type[])`;
  return `(select coalesce(sum(k.conversations), 0) from conversation_counts k where k.organization_id = parent.id${ofTypes})`;
}
