// Full-text search in any script, by tokens of our own: what a later Node or database folds otherwise must not make stored tokens rot.

import { fold } from './fold.ts';

/** Stored beside the tokens: raise it with every change to them, and `parley reindex` makes them anew. */
export const tokenizerVersion = 1;

/** Scripts that write without spaces: any part of a run is a word, so runs are kept as overlapping pairs. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}`;
const runs = new RegExp(`(?<unspaced>[[${unspaced}]&&[\\p{L}\\p{N}]]+)|(?<spaced>[[\\p{L}\\p{N}]--[${unspaced}]]+)`, 'gv');

/** Characters of a word's beginning that a good part of all messages has. */
const longestCommon = 2;

/** A lexeme ends at 2 KiB in PostgreSQL; a longer word is known by its beginning. */
const longestWord = 200;

/** A part of a folded text that is searched for as a whole. */
export interface Run {
  /** Of a longer word its beginning. */
  text: string;
  /** The index in the folded text. */
  at: number;
  unspaced: boolean;
}

/**
 * The text as a tsvector literal: words, and the pairs of unspaced runs with their positions, so that a phrase of pairs is a substring; null: no
 * token. (PostgreSQL keeps 256 positions of a pair: past that many repetitions in one text a longer phrase of it may be missed.)
 */
export function searchVector(text: string): string | null {
  const lexemes: string[] = [];
  let position = 0;
  for (const run of runsOf(fold(text))) {
    if (!run.unspaced) {
      lexemes.push(`'${run.text}'`);
      continue;
    }
    // No phrase reaches over the end of a run: its last character stands alone there, and no phrase has one that does.
    for (const pair of pairs(run.text)) {
      position += 1;
      lexemes.push(`'${pair}':${position}`);
    }
  }
  return lexemes.length === 0 ? null : lexemes.join(' ');
}

/** What is searched for, as tsquery literals that must both match; null: nothing is asked of these, and with both null nothing can match. */
interface SearchQuery {
  /** What few messages have. */
  rare: string | null;
  /** The short beginnings of words, which so many messages have that an index of words is slow to gather them. */
  common: string | null;
}

/** Every word must begin some word, every unspaced run must be part of one. `salt` begins every stored token. */
export function searchQuery(text: string, salt: string): SearchQuery {
  const terms = runsOf(fold(text)).map(({ text: word, unspaced: whole }) => {
    const { length } = [...word];
    if (!whole || length === 1) return { term: `'${salt}${word}':*`, common: length <= longestCommon };
    const phrase = pairs(word)
      .slice(0, -1)
      .map((pair) => `'${salt}${pair}'`)
      .join(' <-> ');
    return { term: `(${phrase})`, common: false };
  });
  const all = (common: boolean) => [...new Set(terms.filter((each) => each.common === common).map(({ term }) => term))].join(' & ') || null;
  return { rare: all(false), common: all(true) };
}

/** Splits a folded text into its words and its unspaced runs. */
export function runsOf(folded: string): Run[] {
  return [...folded.matchAll(runs)].map(({ 0: run, index: at, groups }) => {
    const whole = groups?.unspaced !== undefined;
    return { text: whole ? run : [...run].slice(0, longestWord).join(''), at, unspaced: whole };
  });
}

/** 手机号 → 手机, 机号, 号: the last character stands alone, so that each is the beginning of some token. */
function pairs(run: string): string[] {
  const characters = [...run];
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}
