// Statements whose text follows what a client selects: every part of them, in a few combinations.
import { aroundStatement } from '../../src/database/around.ts';
import type { Statement } from '../../src/database/database.ts';
import { type KeysetQuery, keysetStatement } from '../../src/database/keyset.ts';
import type { ListSource } from '../../src/database/source.ts';
import * as conversationFilter from '../../src/modules/conversation/store/filter.ts';
import { conversationSource } from '../../src/modules/conversation/store/rows.ts';
import { searchListing } from '../../src/modules/message/search/listing.ts';
import { readSearch } from '../../src/modules/message/search/search.ts';
import type { Ways } from '../../src/modules/message/search/ways.ts';
import type { MessageFilter } from '../../src/modules/message/store/filter.ts';
import { messageListing } from '../../src/modules/message/store/listing.ts';
import { messageSource } from '../../src/modules/message/store/rows.ts';
import * as participantFilter from '../../src/modules/participant/store/filter.ts';
import { participantsOfOrganization } from '../../src/modules/participant/store/rows.ts';

const id = '00000000-0000-0000-0000-000000000000';
const now = new Date(0);

/** A statement over lists, and the kind of its frame. */
interface Composed {
  statement: Statement;
  frame: 'page' | 'around';
}

/** The pages of a source's lists, without a filter. */
export function listsOf(source: ListSource<unknown>): Composed[] {
  const counted = (_bind: unknown, filtered: string) => `(select count(*) ${filtered})`;
  const query = { source, time: 'now()', descending: false, where: () => [], total: counted };
  return [...pagesOf({ ...query, flag: '(now() > now())' }), aroundOf(query)];
}

/** Lists with every filter that they have. */
export function filteredLists(): Composed[] {
  const { filterConditions, filterTotal } = conversationFilter;
  const conversations = {
    phoneNumberId: id,
    contactNumber: '',
    agentId: id,
    unassigned: true,
    since: now,
    optedIn: true,
    types: ['GROUP' as const],
    archived: true,
    unread: true,
    metadata: { key: 'x', value: 1 },
    query: 'word',
  };
  const participants = { kinds: ['PERSON' as const], contactNumber: '', left: true, query: 'word' };
  const messages = {
    sentBefore: now,
    sentBeforeRank: 1,
    sentAfter: now,
    direction: 'INBOUND' as const,
    channels: ['SMS' as const],
    statuses: ['SENT' as const],
    query: 'word',
  };
  const ofMessages = ['salt', null].map((searchSalt) => messageListing(messageSource, { filter: messages, searchSalt }, true, true));
  return [
    ...pagesOf({
      source: conversationSource,
      time: 'c.created_at',
      descending: true,
      where: (bind, organization) => filterConditions(conversations, bind, organization),
      total: (bind, filtered) => filterTotal(conversations, bind, filtered),
    }),
    ...pagesOf({
      source: conversationSource,
      time: 'c.created_at',
      descending: true,
      where: () => [],
      total: (bind, filtered) => filterTotal({ types: ['GROUP'] }, bind, filtered),
    }),
    ...pagesOf({
      source: participantsOfOrganization,
      time: 'p.created_at',
      descending: false,
      where: (bind) => participantFilter.filterConditions(participants, bind),
      total: (_bind, filtered) => participantFilter.filterTotal(participants, filtered),
    }),
    ...ofMessages.flatMap((listing) => [...pagesOf({ ...listing, descending: true }), aroundOf({ ...listing, descending: true })]),
    ...searchesOf(messages),
  ];
}

/** A search in each way of finding its messages. */
function searchesOf(filter: MessageFilter): Composed[] {
  const page = { limit: 1, offset: 0, fromEnd: false, after: { time: now, id }, before: null };
  return ['salt', null].flatMap((searchSalt) => {
    const search = readSearch({ query: 'other words', filter, searchSalt }, true);
    const [indexed, ...others] = search.terms;
    const ways: Ways[] = [
      { page: 'time', within: 1, total: 'time', indexed: search.terms },
      { page: 'index', within: null, total: 'index', indexed: [indexed ?? ''] },
    ];
    if (others.length === 0) throw new Error('a term that is not looked up is needed');
    return ways.flatMap((each) => pagesOf({ ...searchListing(search, each, page, true), descending: true }));
  });
}

function pagesOf(query: KeysetQuery<unknown>): Composed[] {
  const page = { limit: 1, offset: 0, fromEnd: false, after: null, before: null };
  const bound = { time: now, id, flag: true };
  const pages = [
    { ...page, offset: 1 },
    { ...page, fromEnd: true, after: bound, before: bound },
  ];
  return pages.map((each) => ({ statement: keysetStatement(query, id, each).of([id]), frame: 'page' }));
}

function aroundOf(query: KeysetQuery<unknown>): Composed {
  const pivot = { column: query.source.id, type: 'uuid' as const, value: id };
  return { statement: aroundStatement(query, id, pivot, 1).of([id]), frame: 'around' };
}
