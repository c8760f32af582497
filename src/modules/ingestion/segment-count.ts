import { SegmentedMessage } from 'sms-segments-calculator';

/** So many UTF-16 units fit one segment in either encoding. */
const always = 70;

/** How many SMS segments a body takes, in GSM-7 where all of it can be so encoded, else in UCS-2; at least 1. */
export function segmentCount(body: string | null): number {
  if (body === null || body.length <= always) return 1;
  if (septets.test(body)) return septetSegments(body);
  if (units.test(body)) return Math.ceil(body.length / 67);
  return Math.max(1, new SegmentedMessage(body).segmentsCount);
}

// The library takes its time; most bodies need none of its knowledge.

/** What GSM-7 holds of ASCII, all but the backquote and controls, and of Latin letters. */
const septets = /^[\n\r -_a-~£¥èéùìòØøÅåÆæßÉ¡ÄÖÑÜ§¿äöñüà]*$/;
/** ASCII, Latin letters, and what CJK is written with: each a unit and a grapheme of its own. */
const units = /^[\n -~\u00c0-\u00ff\u2010-\u2027\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff60]*$/;
const twoSeptets = /[[\\\]^{|}~]/g;

function septetSegments(body: string): number {
  if (body.length + (body.match(twoSeptets)?.length ?? 0) <= 160) return 1;
  let segments = 1;
  let used = 0;
  for (const character of body) {
    const size = '[\\]^{|}~'.includes(character) ? 2 : 1;
    // Nothing is split between two segments.
    if (used + size > 153) {
      segments++;
      used = 0;
    }
    used += size;
  }
  return segments;
}
