import type { ListedConversation, MessagePage, ReadMessage, SourceContract } from './contract.ts';
import { isRefusedPlace, onlyNewPlaces } from './failures.ts';
import type { Place, StoredPlace } from './position.ts';

/** Messages to be stored in this order, and the position after they are. */
export interface Step {
  messages: ReadMessage[];
  place: Place;
  /** True on the last step of a conversation. */
  complete: boolean;
}

interface Walk {
  conversation: ListedConversation;
  from: StoredPlace;
  /** Earlier messages are not wanted. */
  since: Date | null;
  /** Called if the API refuses a place, before the conversation is read from its beginning. */
  onRefusedPlace(reason: string): void;
}

/** Reads the messages of a conversation after a stored place. It yields the messages of one instant in the order of the API's list. @throws RequestError */
export function walkMessages(order: SourceContract['order'], walk: Walk): AsyncGenerator<Step> {
  return order === 'oldestFirst' ? walkForward(walk) : walkBackward(walk);
}

/** The last page is read again the next time, since its end may have been reached in its middle. */
async function* walkForward({ conversation, from, since, onRefusedPlace }: Walk): AsyncGenerator<Step> {
  let place = from.nextPage;
  let mayBeginAgain = true;
  let toNew = onlyNewPlaces();
  for (;;) {
    const page: MessagePage | null = await conversation.readPage(place).catch((error) => {
      if (!mayBeginAgain || !isRefusedPlace(error, place)) throw error;
      onRefusedPlace(error.message);
      return null;
    });
    if (page === null) {
      mayBeginAgain = false;
      place = null;
      toNew = onlyNewPlaces();
      continue;
    }
    place = toNew(page.next) ?? place;
    yield {
      messages: page.messages.filter((message) => !isBefore(message, since)),
      place: { readThrough: null, walkTop: null, nextPage: place },
      complete: page.next === null,
    };
    if (page.next === null) return;
  }
}

/** Reads the rest of a walk that was interrupted, and then the messages that are newer than that walk. */
async function* walkBackward(walk: Walk): AsyncGenerator<Step> {
  const { from } = walk;
  if (from.walkTop === null) return yield* walkDown(walk, from.readThrough, null, null);
  yield* notComplete(walkDown(walk, from.readThrough, from.walkTop, from.nextPage));
  yield* walkDown(walk, from.walkTop, null, null);
}

async function* notComplete(steps: AsyncGenerator<Step>): AsyncGenerator<Step> {
  for await (const step of steps) yield { ...step, complete: false };
}

/**
 * Reads from a place down to `bound`, including the messages at that instant. The oldest instant of a page is held back until the next page shows the rest of
 * it: messages of one instant must be stored in their order, while the pages come newest first.
 */
async function* walkDown(
  { conversation, since, onRefusedPlace }: Walk,
  bound: Date | null,
  resumedTop: Date | null,
  begin: string | null,
): AsyncGenerator<Step> {
  let top = resumedTop;
  let place = begin;
  let held: ReadMessage[] = [];
  let mayBeginAgain = true;
  let toNew = onlyNewPlaces();
  for (;;) {
    const page: MessagePage | null = await conversation.readPage(place).catch((error) => {
      if (!mayBeginAgain || !isRefusedPlace(error, place)) throw error;
      onRefusedPlace(error.message);
      return null;
    });
    if (page === null) {
      mayBeginAgain = false;
      place = null;
      held = [];
      toNew = onlyNewPlaces();
      continue;
    }
    const ids = new Set(held.map(({ id }) => id));
    const messages = [...page.messages.filter(({ id }) => !ids.has(id)).reverse(), ...held];
    const wanted = messages.filter((message) => !isBefore(message, since));
    top ??= latestOf(messages);
    if (page.next === null || page.messages.some((message) => isBefore(message, bound) || isBefore(message, since))) {
      yield { messages: wanted, place: { readThrough: top ?? bound, walkTop: null, nextPage: null }, complete: true };
      return;
    }
    const oldest = messages.map(timeOf).find((time) => time !== null);
    held = wanted.filter((message) => timeOf(message) === oldest);
    yield {
      messages: wanted.filter((message) => timeOf(message) !== oldest),
      // This page is read again after a kill, for the messages that were held back.
      place: { readThrough: bound, walkTop: top, nextPage: place },
      complete: false,
    };
    place = toNew(page.next);
  }
}

function timeOf(message: ReadMessage): string | null {
  return 'draft' in message ? message.draft.createdAt : null;
}

function isBefore(message: ReadMessage, bound: Date | null): boolean {
  const time = timeOf(message);
  return time !== null && bound !== null && new Date(time) < bound;
}

function latestOf(messages: readonly ReadMessage[]): Date | null {
  const latest = messages.map(timeOf).findLast((time) => time !== null);
  return latest == null ? null : new Date(latest);
}
