import type { EventKind } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { feedPage, type LiveEvent, slowReaderMs } from '../live/feed.ts';
import type { StreamOwner } from '../live/key-watch.ts';
import { type EventStream, StreamFailure } from '../live/stream.ts';
import { readPosition } from './fields.ts';

builder.subscriptionType({
  description: `The fields that follow live events. Live messages: \`messageRecorded\`. Live changes of conversations and messages: \`conversationChanged\`. Live typing: \`typing\`. Over server-sent events: POST with \`Accept: text/event-stream\`. Over WebSocket: the protocol graphql-transport-ws (the library graphql-ws) at /graphql, with the API key in \`connectionParams\` as \`Authorization: "Bearer <key>"\` or \`apiKey: "<key>"\`; a ping is answered once all subscriptions sent before it have begun. A stream ends with an error if its key expires or is revoked, or if the client does not read: more than ${feedPage} events wait, and none was taken for ${slowReaderMs / 1_000} seconds. It ends with CONFLICT and the reason TOO_OLD if a backup without its last events was restored: the client must fetch everything again. A stream spends its cost from the key’s budget when it begins and with each event; if the budget is used up, the stream ends with RATE_LIMITED. After a stream without an error ends, the client may subscribe again; with the last cursor as \`after\` it misses nothing.`,
  authScopes: { authenticated: true },
});

export const afterDescription =
  'A cursor: the events after it come first, each once and in order, then live events. A client that reconnects passes the last cursor that it received. Null: only live events.';

/** The argument of subscriptions to the events of one conversation or of all. */
export const conversationIdArgument = {
  for: Conversation,
  description: 'The global id of a conversation: only its events. Null: the events of all conversations.',
};

interface Args {
  conversationId?: { id: string } | null;
  after?: string | null;
}

/** Subscribes to events of some kinds, of one conversation or of all. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT */
export async function subscribeTo(
  kinds: readonly EventKind[],
  { conversationId, after }: Args,
  context: Context,
): Promise<EventStream<LiveEvent>> {
  const subscription = { kinds, conversationId: conversationId?.id ?? null, after: readPosition('after', after) };
  return context.live.subscribe(ownerOf(context), subscription);
}

export function ownerOf(context: Context): StreamOwner {
  return { viewer: viewerOf(context), authorization: context.authorization() };
}

/** Returns an event that a stream yielded, and makes its fields read data loaded after the event. @throws the error that the stream ended with */
export function shown<Event extends { epoch: number }>(event: Event | StreamFailure, context: Context): Event {
  if (event instanceof StreamFailure) throw event.error;
  // A stream's events are resolved one after the other, so nothing else of this context is being resolved.
  context.loaders = context.live.loaders(viewerOf(context), event.epoch);
  return event;
}
