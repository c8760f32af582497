import type { AnswerSize } from '../answer-size.ts';
import type { Keys, Output } from './output.ts';
import { WrittenData } from './written.ts';

/** Text that JSON writes unchanged, at one byte a character: printable ASCII without quotes and backslashes. */
const plain = /^[ !#-[\]-~]*$/;

/** Builds an answer as JSON text. Its bytes are counted exactly. */
export const jsonText: Output = {
  leaf(value: unknown, answer: AnswerSize): string {
    if (typeof value === 'string' && plain.test(value)) {
      answer.count(value.length + 2);
      return `"${value}"`;
    }
    // A function has no JSON text, and JSON writes it as null.
    const text = JSON.stringify(value) ?? 'null';
    answer.count(typeof value === 'number' || typeof value === 'boolean' ? text.length : Buffer.byteLength(text));
    return text;
  },
  list(items: readonly unknown[]): string {
    let text = '[';
    for (let index = 0; index < items.length; index++) text += index === 0 ? items[0] : `,${items[index]}`;
    return `${text}]`;
  },
  object({ texts }: Keys, values: readonly unknown[]): string {
    let text = '{';
    for (let index = 0; index < texts.length; index++) text += `${texts[index]}${values[index]}`;
    return `${text}}`;
  },
  whole: (data) => new WrittenData(String(data)),
};
