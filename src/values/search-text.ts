/** The most characters of a query. Each may become a term of its own, and no search may hold a connection for seconds. */
export const longestSearch = 256;

/**
 * The characters of a folded body that are searchable: more than the 10,000 of a body, because some characters fold to up to 18. It also limits the tokens of a
 * message, which have at least one character each. PostgreSQL counts positions only up to 16,383; beyond it would find phrases that do not occur.
 */
export const longestSearchable = 16_000;

/** Returns the problem of a query that is too long, or null. Characters are counted as code points. */
export function searchProblem(text: string): string | null {
  // Some characters count as those that they fold to: ㍿ as 株式会社.
  return isLong(text) || isLong(text.normalize('NFKC')) ? `must have at most ${longestSearch} characters` : null;
}

function isLong(text: string): boolean {
  return text.length > 2 * longestSearch || [...text].length > longestSearch;
}
