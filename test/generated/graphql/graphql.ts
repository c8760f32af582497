/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A filter of conversations: a conversation matches if it matches every given field. A field must not be null: leave it out. */
export type ConversationFilter = {
  /** The global id of an agent: only conversations that it is assigned to. */
  agentId?: string | null | undefined;
  /** True: only archived conversations. False: only those that are not archived. */
  archived?: boolean | null | undefined;
  /** The address of a contact, compared exactly: only conversations with this contact. */
  contactNumber?: string | null | undefined;
  /** Only conversations whose metadata has this key with this value. It costs as much as a search. */
  metadata?: MetadataFilter | null | undefined;
  /** Only conversations whose contact’s latest answer is yes (true) or no (false). A conversation without an answer matches neither. */
  optedIn?: boolean | null | undefined;
  /** The global id of a phone number: only its conversations. */
  phoneNumberId?: string | null | undefined;
  /** Only conversations whose title, contact’s address or a participant’s name contains this text, ignoring case, accents and width. At most 256 characters, counted as in `MessageFilter.query`. An empty text matches every conversation. */
  query?: string | null | undefined;
  /** Only conversations whose latest message was sent at this time or later. */
  since?: string | null | undefined;
  /** Only conversations of these types. */
  types?: Array<ConversationType> | null | undefined;
  /** True: only conversations without an agent. False: only those with one. */
  unassigned?: boolean | null | undefined;
  /** True: only conversations with unread messages. False: only those without. */
  unread?: boolean | null | undefined;
};

/** The type of a conversation. It never changes. */
export type ConversationType =
  /** A workplace chat of two people. */
  | 'DIRECT'
  /** A workplace chat of a group. */
  | 'GROUP'
  /** Messages between one of the organization’s phone numbers and one contact. */
  | 'PHONE';

/** The direction of a message or reaction. */
export type MessageDirection =
  /** Received by the organization. */
  | 'INBOUND'
  /** Sent by the organization. */
  | 'OUTBOUND';

/** A filter by one key of a conversation’s metadata. */
export type MetadataFilter = {
  /** A key of the metadata object itself, not of an object within it. */
  key: string;
  /** The value that the key must have, of the same type: `1` does not match `"1"`. Null matches a stored null. An object matches if the stored object has all its keys with these values, a list if the stored list has all its items. The field must be given. At most 10 values in total, and 16 KiB of JSON together with the key. */
  value?: unknown;
};

export type InboxQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ConversationFilter | null | undefined;
}>;


export type InboxQuery = { conversations: { nodes: Array<{ id: string, contactNumber: string | null, lastMessage: { body: string | null, direction: MessageDirection } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };


export const InboxDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Inbox"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConversationFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"contactNumber"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<InboxQuery, InboxQueryVariables>;