import { orderings } from '../../values/cursor.ts';
import { condition, convert } from '../kit/mapping/combine.ts';
import type { Parameter } from '../kit/mapping/expression.ts';
import { isCursor } from '../kit/request/parameters.ts';

// A cursor here is the schema's own cursor with a direction, since one parameter is for both directions.

const newestFirst = { mark: orderings.messageCreatedAt, descending: true };

/** `next` leads to older messages, `prev` to newer ones. */
type Direction = 'next' | 'prev';

/** Null if there is nothing in that direction. */
export function writeCursor(direction: Direction, more: boolean, cursor: string | null): string | null {
  return more && cursor !== null ? `${cursor}.${direction}` : null;
}

/** Null unless the text is one that `writeCursor` writes. */
export function readCursor(text: string): { cursor: string; direction: Direction } | null {
  const [cursor = '', direction, ...more] = text.split('.');
  if ((direction !== 'next' && direction !== 'prev') || more.length > 0 || !isCursor(newestFirst, cursor)) return null;
  return { cursor, direction };
}

type CursorParameter = Parameter<string | undefined>;

/** The schema's cursor, if the parameter leads in this direction; else undefined. */
export function cursorTo(target: Direction, parameter: CursorParameter) {
  const read = (given: string) => {
    const { cursor, direction } = readCursor(given) ?? {};
    return direction === target ? cursor : undefined;
  };
  return convert(parameter, read, (text) => `/^(.*)\\.${target}$/.exec(${text})?.[1]`);
}

export function leadsTo(target: Direction, parameter: CursorParameter) {
  return condition(`${parameter.raw}?.endsWith(".${target}")`, (values) => parameter.compute(values)?.endsWith(`.${target}`) ?? false);
}
