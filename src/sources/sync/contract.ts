import { createHash } from 'node:crypto';
import type { MessageDraft } from '../../modules/message/ingest/read/message-draft.ts';
import { readMessageLine } from '../../modules/message/ingest/read/read-draft.ts';
import type { Client } from './client.ts';

/** An API from which messages are copied. */
export interface SourceContract {
  /** As the command line names it. */
  name: string;
  title: string;
  /** The order in which the API lists the messages of a conversation. */
  order: 'oldestFirst' | 'newestFirst';
  /** Yields the conversations a page at a time, the most recently active first. A conversation that becomes active meanwhile may be missing. */
  conversations(client: Client): AsyncGenerator<ListedItem[]>;
}

/** A conversation of a page, or an item that cannot be read. */
export type ListedItem = ListedConversation | { id: string; problem: string };

export interface ListedConversation {
  id: string;
  /** Names the conversation for people. */
  name: string;
  lastActivity: Date;
  /** Changes with everything that the list shows of the conversation, except content. */
  fingerprint: string;
  details: ConversationDetails;
  /** Reads one page of messages. @param place null: the beginning of the list */
  readPage(place: string | null): Promise<MessagePage>;
}

/** The state of a conversation that is not part of its messages. An absent field is unknown to the API. */
export interface ConversationDetails {
  consent?: { optedIn: boolean; optedInAt: Date | null } | null;
  agent?: { externalId: string; name: string } | null;
  metadata?: Record<string, unknown> | null;
  title?: string | null;
  archived?: boolean;
  /** The number of unread messages up to a message. */
  unread?: { count: number; lastMessage: string };
}

/** `next`: the place of the page after this one; null on the last page. */
export interface MessagePage {
  /** In the order of the list. */
  messages: ReadMessage[];
  next: string | null;
}

/** A message of a page, or the reason why ingestion would refuse it. */
export type ReadMessage = { id: string; draft: MessageDraft } | { id: string; problem: string };

/** Reads a message, written as a line of the import format. */
export function readMessage(id: string, line: object): ReadMessage {
  const read = readMessageLine(line);
  if ('draft' in read) return { id, draft: read.draft };
  return { id, problem: read.problems.map(({ path, reason }) => (path === '' ? reason : `${path} ${reason}`)).join('; ') };
}

/** Returns a short text that is the same only for equal values. */
export function fingerprintOf(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
