// The parts of a body that a search matches. Words are compared folded, as in the search; offsets are those in the body.
import { clusters, fold } from './fold.ts';
import { type Run, runsOf } from './tokens.ts';

/** A part of a text, in UTF-16 code units: it ends before `offset + length`. */
export interface Highlight {
  offset: number;
  length: number;
}

/** The most highlights of one body. The cost of an operation counts this many for each message. */
export const maxHighlights = 20;

/** Marks of the folded text: the first code unit of a match, and the further ones. */
const first = 1;
const further = 2;

/**
 * Returns the first `maxHighlights` parts of a body that a query matches, in order and without overlaps; of a word, the matching beginning. Empty unless the
 * search for the query finds the body.
 */
export function highlightsOf(body: string, query: string): Highlight[] {
  const folded = fold(body);
  // A repeated word marks nothing more.
  const terms = [...new Map(runsOf(fold(query)).map((run) => [run.text, run])).values()];
  const marks = marksOf(folded, terms);
  return marks === null ? [] : highlightsAt(body, marks);
}

/** Marks all matches in a folded text; null if a term is missing, or the query has none. */
function marksOf(folded: string, terms: readonly Run[]): Uint8Array | null {
  const marks = new Uint8Array(folded.length);
  for (const { text, unspaced } of terms) if (unspaced && !markAnywhere(marks, folded, text)) return null;
  const words = terms.filter(({ unspaced }) => !unspaced);
  const missing = new Set(words.map(({ text }) => text));
  const byLetter = Map.groupBy(words, ({ text }) => text.charCodeAt(0));
  for (const run of missing.size === 0 ? [] : runsOf(folded)) {
    for (const word of byLetter.get(run.text.charCodeAt(0)) ?? []) {
      if (!run.text.startsWith(word.text)) continue;
      mark(marks, run.at, word.text.length);
      missing.delete(word.text);
    }
  }
  return missing.size > 0 || terms.length === 0 ? null : marks;
}

/** Marks every match of an unspaced run. Matches may overlap: ㅋㅋ is twice in ㅋㅋㅋ. @returns true if there is one */
function markAnywhere(marks: Uint8Array, folded: string, text: string): boolean {
  let marked = 0;
  for (let begin = folded.indexOf(text); begin !== -1; begin = folded.indexOf(text, begin + 1)) {
    // An overlap is marked once.
    const from = Math.max(begin, marked - 1);
    marked = begin + text.length;
    mark(marks, from, marked - from);
  }
  return marked > 0;
}

/** Marks one match. If it begins in another one, it continues that one. */
function mark(marks: Uint8Array, begin: number, length: number): void {
  if (marks[begin] !== further) marks[begin] = first;
  // Not `fill`: most matches are short, and its call takes longer than they do.
  for (let at = begin + 1; at < begin + length; at++) marks[at] = further;
}

/** Returns the marked parts of the body. A character that folds to several is marked whole, with the accents after it. */
function highlightsAt(body: string, marks: Uint8Array): Highlight[] {
  const found: Highlight[] = [];
  let at = 0;
  for (const { offset, length, folded } of clusters(body)) {
    const last = found.at(-1);
    const continues = marks[at] === further;
    const end = at + folded;
    let begins = false;
    for (; at < end; at++) if (marks[at]) begins = true;
    if (continues && last !== undefined) last.length = offset + length - last.offset;
    else if (begins && found.push({ offset, length }) > maxHighlights) return found.slice(0, maxHighlights);
  }
  return found;
}
