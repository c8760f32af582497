/** A word of the schema as the contract writes it. */
export function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

/** Both numbers of a phone conversation are there: the database holds no other. */
export function known<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a phone conversation lacks a number');
  return value;
}
