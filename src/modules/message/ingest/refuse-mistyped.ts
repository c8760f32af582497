import type { Line } from './match/line.ts';
import { type RefusedLine, type Sorted, typeRefusal } from './match/sort-lines.ts';

/**
 * Parts new lines once more, now that their conversations are there: a chat that another transaction created since they were sorted may be of another type.
 * @param types by conversation key
 */
export function refuseMistyped({ fresh, again }: Pick<Sorted, 'fresh' | 'again'>, types: Map<string, string>): Omit<Sorted, 'seen'> {
  const refused: RefusedLine[] = [];
  const fits = (line: Line) => {
    const refusal = typeRefusal(line, types);
    if (refusal !== null) refused.push({ line, refusal });
    return refusal === null;
  };
  return { fresh: fresh.filter(fits), again: again.filter(fits), refused };
}
