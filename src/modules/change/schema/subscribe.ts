import type { EventKind } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { feedPage, type LiveEvent, slowReaderMs } from '../live/feed.ts';
import type { StreamOwner } from '../live/key-watch.ts';
import { type EventStream, StreamFailure } from '../live/stream.ts';
import { readPosition } from './changes.ts';

builder.subscriptionType({
  description: `What happens, as it happens. Live messages: \`messageRecorded\`. Every live change of conversations and messages: \`conversationChanged\`. Live typing: \`typing\`. Over server-sent events: POST with \`Accept: text/event-stream\`. Over WebSocket: the protocol graphql-transport-ws (the library graphql-ws) at /graphql, with the API key in \`connectionParams\` as \`Authorization: "Bearer <key>"\` or \`apiKey: "<key>"\`; a ping is answered once the subscriptions before it have begun. A stream ends with an error once its key is revoked or expired, or where it is not read: more than ${feedPage} events waiting, and none taken for ${slowReaderMs / 1_000} seconds. It spends its price of the key’s budget when it begins, and then with each event; where nothing is left it ends with RATE_LIMITED. One that ends without an error may be begun again; with the last cursor as \`after\` nothing is missed.`,
  authScopes: { authenticated: true },
});

export const afterDescription =
  'Everything after this cursor first, each once and in order, then what happens; from now on unless given. A client that reconnects passes the last cursor it saw.';

interface Args {
  conversationId?: string | null;
  after?: string | null;
}

/** The events of some kinds, of one conversation or all. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT */
export async function subscribeTo(
  kinds: readonly EventKind[],
  { conversationId, after }: Args,
  context: Context,
): Promise<EventStream<LiveEvent>> {
  const wanted = {
    kinds,
    conversationId: conversationId == null ? null : readId('conversationId', 'Conversation', conversationId),
    after: readPosition('after', after),
  };
  return context.live.subscribe(ownerOf(context), wanted);
}

export function ownerOf(context: Context): StreamOwner {
  return { viewer: viewerOf(context), authorization: context.authorization() };
}

/** What was taken from a stream, to be shown with what was loaded since it happened. @throws what the stream ended with */
export function shown<Event extends { epoch: number }>(taken: Event | StreamFailure, context: Context): Event {
  if (taken instanceof StreamFailure) throw taken.error;
  // A stream's events are resolved one after the other, so nothing else of this context is being resolved.
  context.loaders = context.live.loaders(viewerOf(context), taken.epoch);
  return taken;
}
