/** What keeps PostgreSQL from holding a text; null: nothing. One sentence for every surface. */
export function textProblem(text: string): string | null {
  return text.includes('\0') || !text.isWellFormed() ? 'must not hold U+0000 or half a surrogate pair' : null;
}
