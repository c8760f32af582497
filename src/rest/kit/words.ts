/** A word of the schema as contracts write it. */
export function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

/**
 * What is never null here, though the schema cannot say so: a phone conversation's numbers, an outbound message's status; and a list, which is null
 * only beside an error, and that is refused before anything is presented.
 */
export function known<Value>(value: Value | null): Value {
  if (value === null) throw new Error('the schema gave null where the database holds none');
  return value;
}
