/** The most items that a list skips for an `offset` or a page number. The database reads what it skips; cursors cost nothing however far they go. */
export const maxOffset = 1_000_000;
