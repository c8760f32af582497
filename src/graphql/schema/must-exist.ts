/** Returns a row that must exist, because a foreign key names it or the request has just changed it. @throws if it is missing */
export function mustExist<Row>(row: Row | null): Row {
  if (row === null) throw new Error('a row that must exist is missing');
  return row;
}
