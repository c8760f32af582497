import { longestSearchable } from '../../values/search-text.ts';

/** Returns a text without case, accents and width, cut to its searchable length. Marks are removed first because normal forms sort them in quadratic time. */
export function fold(text: string): string {
  // A syllable of Hangul has three parts until the last step joins them.
  const parts = cut(withoutMarks(text).normalize('NFKD'), 3 * longestSearchable);
  return cut(withoutMarks(parts.toLowerCase().normalize('NFKD')).normalize('NFC'), longestSearchable);
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : [...text.slice(0, 2 * characters)].slice(0, characters).join('');
}

function withoutMarks(text: string): string {
  return text.replace(/\p{M}+/gu, '');
}

/** A part of a text that is folded by itself: its offset, its length and its folded length, in UTF-16 code units. */
interface Cluster {
  offset: number;
  length: number;
  folded: number;
}

/** Letters that can join the letter before them: the later parts of a Hangul syllable in all forms, and vowels of Kirat Rai. */
const joining = /[\u1161-\u11c2\u3131-\u318e\u3260-\u327f\uffa0-\uffdc\u{16d63}-\u{16d6a}]/u;

/**
 * Splits a text into the smallest parts that can be folded one by one: a character with the marks after it, or the parts of one syllable. As long as `fold` does not cut,
 * it returns as many code units for the text as for its parts, in the same order. (Only a final sigma depends on its context; both forms have one code unit.)
 */
export function* clusters(text: string): Generator<Cluster> {
  let cluster: Cluster = { offset: 0, length: 0, folded: 0 };
  for (const character of text) {
    const { length } = character;
    const folded = foldedLength(character);
    const { offset } = cluster;
    const together =
      cluster.length > 0 && joining.test(character) ? fold(text.slice(offset, offset + cluster.length + length)).length : null;
    if (cluster.length > 0 && (folded === 0 || (together !== null && together < cluster.folded + folded))) {
      cluster = { offset, length: cluster.length + length, folded: together ?? cluster.folded };
      continue;
    }
    if (cluster.length > 0) yield cluster;
    cluster = { offset: offset + cluster.length, length, folded };
  }
  if (cluster.length > 0) yield cluster;
}

const unknown = 0xff;
/** The folded length of each code point, at most 18. Folding takes a microsecond, and bodies repeat their characters. */
const foldedLengths = new Uint8Array(0x110000).fill(unknown);

function foldedLength(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (foldedLengths[point] === unknown) foldedLengths[point] = fold(character).length;
  return foldedLengths[point] ?? 0;
}
