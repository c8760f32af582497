// Tokens for full-text search in any script. They are our own, so that stored tokens stay valid when Node or PostgreSQL changes how it folds text.

import { fold } from './fold.ts';

/** The version stored beside the tokens. Raise it with every change of the tokens; `parley reindex` then writes them again. */
export const tokenizerVersion = 1;

/** Scripts written without spaces. Any part of a run may be a word, so runs are stored as overlapping pairs. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}`;
const runs = new RegExp(`(?<unspaced>[[${unspaced}]&&[\\p{L}\\p{N}]]+)|(?<spaced>[[\\p{L}\\p{N}]--[${unspaced}]]+)`, 'gv');

/** The most characters of a beginning that a large part of all messages has. */
const longestCommon = 2;

/** The most characters of a word that are stored, because a lexeme of PostgreSQL has at most 2 KiB. */
const longestWord = 200;

/** A part of a folded text that is searched for as a whole. */
export interface Run {
  /** The word, or the beginning of a longer one. */
  text: string;
  /** The index in the folded text. */
  at: number;
  unspaced: boolean;
}

/**
 * Returns the text as a tsvector literal: words, and the pairs of unspaced runs with positions, so that a phrase of pairs is a substring. Null if the text has
 * no token. (PostgreSQL stores 256 positions of a pair. If a text repeats a pair more often, a search for a longer phrase may not find it.)
 */
export function searchVector(text: string): string | null {
  const lexemes: string[] = [];
  let position = 0;
  for (const run of runsOf(fold(text))) {
    if (!run.unspaced) {
      lexemes.push(`'${run.text}'`);
      continue;
    }
    // The last token of a run is a single character, which no phrase contains, so that no phrase matches across two runs.
    for (const pair of pairs(run.text)) {
      position += 1;
      lexemes.push(`'${pair}':${position}`);
    }
  }
  return lexemes.length === 0 ? null : lexemes.join(' ');
}

/** A query as two tsquery literals that must both match. Null: no such term; if both are null, the query matches nothing. */
interface SearchQuery {
  /** The terms that few messages have. */
  rare: string | null;
  /** The short beginnings of words. So many messages have them that an index of words returns them slowly. */
  common: string | null;
}

/** A part of a query. A text matches the query if it has all of them. */
interface SearchTerm {
  /** A tsquery literal. */
  literal: string;
  /** See `SearchQuery.common`. */
  common: boolean;
}

/** Returns the query in which every word must begin a word of the text, and every unspaced run must be part of one. `salt` begins every stored token. */
export function searchQuery(text: string, salt: string): SearchQuery {
  const terms = searchTerms(text, salt);
  const all = (common: boolean) =>
    terms
      .filter((term) => term.common === common)
      .map(({ literal }) => literal)
      .join(' & ') || null;
  return { rare: all(false), common: all(true) };
}

/** Returns the distinct terms of the same query. */
export function searchTerms(text: string, salt: string): SearchTerm[] {
  const terms = runsOf(fold(text)).map(({ text: word, unspaced: whole }) => {
    const { length } = [...word];
    if (!whole || length === 1) return { literal: `'${salt}${word}':*`, common: length <= longestCommon };
    const phrase = pairs(word)
      .slice(0, -1)
      .map((pair) => `'${salt}${pair}'`)
      .join(' <-> ');
    return { literal: `(${phrase})`, common: false };
  });
  return [...new Map(terms.map((term) => [term.literal, term])).values()];
}

/** Splits a folded text into its words and its unspaced runs. */
export function runsOf(folded: string): Run[] {
  return [...folded.matchAll(runs)].map(({ 0: run, index: at, groups }) => {
    const whole = groups?.unspaced !== undefined;
    return { text: whole ? run : [...run].slice(0, longestWord).join(''), at, unspaced: whole };
  });
}

/** Splits a run into pairs: 手机号 → 手机, 机号, 号. Every character begins a token, so that a search for one character finds it. */
function pairs(run: string): string[] {
  const characters = [...run];
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}
