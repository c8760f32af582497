/** Characters that a text which is searched for may have: each may become a term of its own, and no search is to hold a connection for seconds. */
export const longestSearch = 256;

/**
 * Characters of a folded body that are searchable: more than the 10,000 of a body, as some characters fold to several, one to 18. It bounds the tokens of a
 * message, too: each takes at least one character. PostgreSQL counts no position beyond 16,383, and would find phrases that are not there.
 */
export const longestSearchable = 16_000;

/** What keeps a text from being searched for; null: nothing. One sentence for every surface. Characters are counted as code points. */
export function searchProblem(text: string): string | null {
  // Some are searched for as several: ㍿ as 株式会社.
  return isLong(text) || isLong(text.normalize('NFKC')) ? `must have at most ${longestSearch} characters` : null;
}

function isLong(text: string): boolean {
  return text.length > 2 * longestSearch || [...text].length > longestSearch;
}
