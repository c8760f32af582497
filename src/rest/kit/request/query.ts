import { textProblem } from '../../../values/storable-text.ts';
import type { RawPart } from './raw-request.ts';

/** Reads these parameters of a URL's query (`?…` or empty); others are ignored. Never throws. */
export function readQuery(search: string, names: readonly string[]): RawPart {
  const pairs = search.slice(1).split('&').map(splitPair);
  const values: Record<string, string> = {};
  const problems: Record<string, string> = {};
  for (const name of names) {
    const matching = pairs.filter((pair) => pair.name === name);
    const [value] = matching.map((pair) => pair.value);
    if (value === undefined) continue;
    if (matching.length > 1) problems[name] = 'must be given once';
    else if (value === null) problems[name] = 'must be percent-encoded UTF-8';
    else {
      const problem = textProblem(value);
      if (problem === null) values[name] = value;
      else problems[name] = problem;
    }
  }
  return { values, problems };
}

function splitPair(pair: string): { name: string | null; value: string | null } {
  const equals = pair.indexOf('=');
  return equals === -1 ? { name: decode(pair), value: '' } : { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) };
}

/** Null for bytes that are not UTF-8. URLSearchParams would read them as replacement characters, which is another value. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
