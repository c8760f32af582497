import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contenders/start.ts';
import type { Call, Case } from './scenario.ts';

/** Refuses cases that do not answer the same rows to their first and last call; and an answer that has errors. @returns how many rows the first call has */
export async function checkAnswers(cases: readonly Case[], contenderOf: (each: Case) => Contender): Promise<number> {
  let expected: { name: string; rows: unknown[] } | null = null;
  for (const each of cases) {
    const ends = [each.calls[0], each.calls.at(-1)].filter((call) => call !== undefined);
    const answers = await Promise.all(ends.map((call) => answerOf(contenderOf(each).url, call)));
    each.check?.(answers[0]);
    if (each.rows === undefined) continue;
    const rows = answers.map((answer) => each.rows?.(answer));
    expected ??= { name: each.name, rows };
    if (!isDeepStrictEqual(rows, expected.rows))
      throw new Error(`${each.name} and ${expected.name} answer differently: ${difference(rows, expected.rows)}`);
  }
  const [first] = expected?.rows ?? [];
  // A list's total may stand before its rows.
  return Array.isArray(first) ? first.filter((row) => typeof row === 'object').length : 0;
}

async function answerOf(url: string, { path, ...call }: Call): Promise<unknown> {
  const response = await fetch(url + path, call);
  const text = await response.text();
  const answer = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
  if (response.status !== 200 || answer === null || answer.errors)
    throw new Error(`${call.method} ${path} answers ${response.status}: ${text.slice(0, 1_000)}`);
  return answer;
}

/** The first place at which two values differ. */
function difference(one: unknown, other: unknown, path = ''): string {
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const [inOne, inOther] = [one, other].map((value) => (value as Record<string, unknown>)[key]);
      if (!isDeepStrictEqual(inOne, inOther)) return difference(inOne, inOther, `${path}.${key}`);
    }
  }
  return `${path}: ${JSON.stringify(one)?.slice(0, 200)} and ${JSON.stringify(other)?.slice(0, 200)}`;
}
