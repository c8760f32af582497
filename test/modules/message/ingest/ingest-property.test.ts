import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useApp } from '../../../support/harness.ts';
import { exported, type Line, merge, wrongCounters } from './merging.ts';

const h = useApp();

interface Draft {
  place: number;
  minute: number;
  outbound: boolean;
  replyTo: number | null;
  consent: boolean | null;
  reactions: number;
  /** The changes of the message that the lines contain: statuses, edit, deletion, redaction. */
  versions: { status: number; edited: boolean; deleted: boolean; redacted: boolean }[];
}

const draft: fc.Arbitrary<Draft> = fc.record({
  place: fc.nat(3),
  minute: fc.nat(30),
  outbound: fc.boolean(),
  replyTo: fc.option(fc.nat(11)),
  consent: fc.option(fc.boolean()),
  reactions: fc.nat(2),
  versions: fc.array(fc.record({ status: fc.nat(3), edited: fc.boolean(), deleted: fc.boolean(), redacted: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
});

const statuses = ['queued', 'sending', 'sent', 'failed'];
const instant = (day: number, minute: number) => new Date(Date.UTC(2026, 0, day, 0, minute)).toISOString();

/** The lines of a message that a source sends over time: each contains the changes of the earlier ones. */
function linesOf(drafts: readonly Draft[], index: number): Line[] {
  const { place, minute, outbound, replyTo, consent, reactions, versions } = drafts[index] as Draft;
  const isChat = place === 3;
  // A reply to another message of its conversation.
  const target = replyTo !== null && replyTo !== index && drafts[replyTo]?.place === place ? `m${replyTo}` : undefined;
  let status = 0;
  let edits = 0;
  let deleted = false;
  let redacted = false;
  return versions.map((version, step) => {
    status = Math.max(status, version.status);
    if (version.edited && !deleted && !redacted) edits++;
    deleted ||= version.deleted;
    redacted ||= version.redacted;
    return {
      externalId: `m${index}`,
      createdAt: instant(1, minute),
      direction: outbound ? 'outbound' : 'inbound',
      ...(isChat
        ? {
            conversation: { externalId: 'chat', type: 'group', title: 'All' },
            author: { externalId: `p${minute % 3}`, firstName: 'A', lastName: 'B' },
          }
        : { phoneNumber: `+1555000000${place}`, contactNumber: `+1555000010${place % 2}` }),
      body: redacted ? null : `text ${index} ${edits}`,
      segmentCount: 1,
      status: outbound ? statuses[status] : undefined,
      replyTo: target,
      reactions: Array.from({ length: Math.min(reactions, step + 1) }, (_, type) => ({
        type: `r${type}`,
        direction: 'outbound',
        createdAt: instant(4, type),
      })),
      editedAt: edits > 0 ? instant(2, edits) : undefined,
      deletedAt: deleted ? instant(3, 0) : undefined,
      redactedAt: redacted ? instant(3, 1) : undefined,
      metadata: { of: place },
      consent: consent === null || isChat ? undefined : { optedIn: consent, at: instant(1, minute) },
    };
  });
}

/** Batches of one to some lines, of one message or of several. */
function inBatches(lines: readonly Line[], sizes: readonly number[]): Line[][] {
  const batches: Line[][] = [[]];
  for (const line of lines) {
    const batch = batches.at(-1) ?? [];
    const size = sizes[batches.length % sizes.length] ?? 1;
    if (batch.length >= size) batches.push([line]);
    else batch.push(line);
  }
  return batches;
}

/** The export, in an order that does not depend on which of two simultaneous messages was recorded first. */
async function stateAfter(lines: readonly Line[], sizes: readonly number[]): Promise<Line[]> {
  const { id } = await h.tenant();
  for (const batch of inBatches(lines, sizes)) await merge(h.app.database, id, batch);
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
  const state = await exported(h.app.database, id);
  for (const batch of inBatches(lines, sizes))
    for (const outcome of await merge(h.app.database, id, batch)) expect(outcome).toBe('skipped');
  expect(await exported(h.app.database, id)).toEqual(state);
  const facts = [...state.values()].flatMap(({ phoneNumber, contactNumber, consent }) =>
    consent ? [{ externalId: `consent ${phoneNumber} ${contactNumber} ${JSON.stringify(consent)}` }] : [],
  );
  const messages = [...state.values()].map(({ consent, metadata, ...message }) => message);
  return [...messages, ...facts].sort((a, b) => (String(a.externalId) < String(b.externalId) ? -1 : 1));
}

test('the same lines end in the same state in any order and any batches', async () => {
  const story = fc
    .array(draft, { minLength: 1, maxLength: 12 })
    .map((drafts) => drafts.flatMap((_, index) => linesOf(drafts, index)))
    .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length })));
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(story, sizes, async ([lines, shuffled], batchSizes) => {
      expect(await stateAfter(shuffled, batchSizes)).toEqual(await stateAfter(lines, [100]));
    }),
    { numRuns: 25, endOnFailure: false },
  );
}, 300_000);
