import type { Random } from './random.ts';

/** Of a million messages: one conversation has 100,000 of them, twenty have 10,000 each. Of fewer messages these have the same share. */
const largest = { conversations: 1, most: 100_000, share: 0.1 };
const large = { conversations: 20, most: 10_000, share: 0.01 };

/** The further conversations have sizes like 1 / (rank + flatness), so that the first have some fifty times as many messages as the last of 5,000. */
const flatness = 100;

/** Returns how many messages each conversation has, the largest first: at least one each, together `messages`. */
export function conversationSizes(conversations: number, messages: number): number[] {
  const sizes = Array.from({ length: conversations }, () => 1);
  let left = messages - conversations;
  const grow = (index: number, by: number) => {
    const more = Math.max(0, Math.min(left, by));
    sizes[index] = (sizes[index] ?? 0) + more;
    left -= more;
  };
  for (let index = 0; index < Math.min(conversations, largest.conversations + large.conversations); index++) {
    const { most, share } = index < largest.conversations ? largest : large;
    grow(index, Math.min(most, Math.floor(messages * share)) - 1);
  }
  const first = largest.conversations + large.conversations;
  const rest = left;
  const all = weightOf(conversations - first);
  for (let index = first; index < conversations; index++) {
    grow(index, Math.floor((rest * weightOf(index - first + 1)) / all) - Math.floor((rest * weightOf(index - first)) / all));
  }
  // A few conversations cannot take all: the largest does.
  grow(0, left);
  return sizes;
}

/** The weight of the first so many of the further conversations: the integral of 1 / (rank + flatness). */
function weightOf(conversations: number): number {
  return Math.log((conversations + flatness) / flatness);
}

/** Returns the conversation of each message, in the order of time: every conversation goes on through all of it. */
export function shuffledConversations(sizes: readonly number[], messages: number, random: Random): Uint32Array {
  const order = new Uint32Array(messages);
  let at = 0;
  for (const [conversation, size] of sizes.entries()) {
    order.fill(conversation, at, at + size);
    at += size;
  }
  for (let last = messages - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
