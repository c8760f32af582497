/** What a foreign key points to, or was just changed, is there. */
export function existing<Row>(row: Row | null): Row {
  if (row === null) throw new Error('a row that must be there is missing');
  return row;
}
