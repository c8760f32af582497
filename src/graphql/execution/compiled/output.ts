import type { AnswerSize } from '../answer-size.ts';

/** The names of an object's fields in the answer, and as JSON text with their colons. */
export interface Keys {
  names: readonly string[];
  /** Each key but the first begins with the comma before it. */
  texts: readonly string[];
}

/** The form in which an answer is built. A null is null in every form. */
export interface Output {
  /** Returns a serialized scalar or enum value, and counts its bytes. */
  leaf(value: unknown, answer: AnswerSize): unknown;
  list(items: readonly unknown[]): unknown;
  /** @param values in the order of the keys */
  object(keys: Keys, values: readonly unknown[]): unknown;
  /** Returns the data of the answer. @param data the object of the operation */
  whole(data: unknown): unknown;
}
