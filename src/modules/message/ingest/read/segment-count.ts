import { septetsOf } from './gsm-7.ts';

/** The most septets of a single segment, and of each of several segments, which carry a header. */
const septets = { alone: 160, of: 153 };
/** The same in UTF-16 code units. */
const units = { alone: 70, of: 67 };

/** Returns the number of SMS segments of a body, at least 1: in GSM-7 if that encoding has all of its characters, else in UCS-2. The time is linear in the length of the body. */
export function segmentCount(body: string | null): number {
  if (body === null || body.length <= units.alone) return 1;
  return septetSegments(body) ?? unitSegments(body);
}

/** Returns null for a body that GSM-7 cannot encode. */
function septetSegments(body: string): number | null {
  let total = 0;
  let segments = 1;
  let used = 0;
  for (let index = 0; index < body.length; index++) {
    const size = septetsOf(body.charCodeAt(index));
    if (size === 0) return null;
    total += size;
    used += size;
    if (used <= septets.of) continue;
    // The two septets of an extension character are not split.
    segments++;
    used = size;
  }
  return total <= septets.alone ? 1 : segments;
}

function unitSegments(body: string): number {
  let segments = 0;
  for (let start = 0; start < body.length; start += segmentLength(body, start)) segments++;
  return segments;
}

/** The code units of the segment that begins at `start`: it ends before a grapheme cluster that it cannot hold whole. */
function segmentLength(body: string, start: number): number {
  if (body.length - start <= units.of) return units.of;
  // Two more code units, because the second half of a surrogate pair matters too. No more are read, so that the work is linear.
  const piece = body.slice(start, start + units.of + 2);
  for (let end = units.of; end > 0; end--) if (!isJoined(piece, end)) return end;
  // One cluster fills the segment. Then only a surrogate pair is kept whole.
  return isInPair(piece, units.of) ? units.of - 1 : units.of;
}

/** Latin, Greek and Cyrillic letters, ASCII, punctuation, Han and kana: none joins its neighbour. */
const alone = /[\n\r -~\u00a0-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/;

/** Matches a character that continues the grapheme cluster before it: a mark, a joiner and what it joins, a vowel or final of Hangul, a skin tone, the second half of a flag. */
const joined = new RegExp(
  [
    String.raw`(?<![\p{Cc}\p{Zl}\p{Zp}])[[\p{M}\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\u{e0020}-\u{e007f}]--[\u102b\u102c\u1038]]`,
    String.raw`(?<=\u200d)\p{ExtPict}`,
    String.raw`(?<=\p{sc=Hang})[\u1160-\u11ff\ud7b0-\ud7ff]`,
    String.raw`(?<=\p{EBase}\p{M}*)\p{EMod}`,
    String.raw`(?<=(?<!\p{RI})(?:\p{RI}\p{RI})*\p{RI})\p{RI}`,
  ].join('|'),
  'vy',
);

function isJoined(text: string, index: number): boolean {
  if (isInPair(text, index)) return true;
  if (alone.test(text.charAt(index))) return false;
  joined.lastIndex = index;
  return joined.test(text);
}

function isInPair(text: string, index: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(index - 1)) && /[\udc00-\udfff]/.test(text.charAt(index));
}
