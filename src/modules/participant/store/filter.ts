import { countAll, countUpTo } from '../../../database/count.ts';
import type { Bind } from '../../../database/keyset.ts';
import type { ParticipantKind } from '../../../generated/prisma/enums.ts';
import { containing } from '../../search/containing.ts';
import { participantName } from './rows.ts';

export interface ParticipantFilter {
  kinds?: readonly ParticipantKind[] | null;
  contactNumber?: string | null;
  left?: boolean | null;
  /** A part of the name or the contact's address; at most 256 characters. */
  query?: string | null;
}

/** The filter as SQL conditions over the organization's participants `p`. @throws BAD_USER_INPUT */
export function filterConditions({ kinds, contactNumber, left, query }: ParticipantFilter, bind: Bind): string[] {
  const contains = query == null ? null : containing('filter.query', query, bind);
  return [
    kinds != null && ofKinds(kinds, bind),
    contactNumber != null && `p.contact_number = ${bind(contactNumber)}`,
    left != null && `p.archived_at is ${left ? 'not null' : 'null'}`,
    contains !== null && `(${contains(participantName)} or ${contains('p.contact_number')})`,
  ].filter((condition) => condition !== false);
}

/** An index has the order of one kind, and another index the order of all. */
function ofKinds(kinds: readonly ParticipantKind[], bind: Bind): string {
  const [kind, ...others] = kinds;
  if (kind !== undefined && others.length === 0) return `p.kind = ${bind(kind)}::participant_kind`;
  return `p.kind = any(${bind(kinds)}::text[]::participant_kind[])`;
}

/** The number of matching participants, as SQL: exact without a filter and with `kinds` alone, else by `countUpTo`. */
export function filterTotal({ kinds: _, ...others }: ParticipantFilter, filtered: string): string {
  const isExact = Object.values(others).every((value) => value == null);
  return isExact ? countAll(null, filtered) : countUpTo(`select ${filtered}`);
}
