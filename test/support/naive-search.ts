/** Scripts that write without spaces: what is searched for may stand anywhere in a word. */
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u;

/**
 * What a search finds, as ziik.md says it, read slowly: "Every word of the query must begin some word of the body; in scripts without spaces it must
 * stand in it." A query without a letter or digit finds nothing.
 */
export function naivelyFits(body: string, query: string): boolean {
  const wanted = words(query);
  const there = words(body);
  return (
    wanted.length > 0 && wanted.every((word) => there.some((each) => (unspaced.test(word) ? each.includes(word) : each.startsWith(word))))
  );
}

/** Folded, and cut at what is no letter or digit and where a script without spaces begins or ends. */
export function words(text: string): string[] {
  const runs: string[] = [];
  let last: boolean | null = null;
  for (const character of folded(text)) {
    const kind = /[\p{L}\p{N}]/u.test(character) ? unspaced.test(character) : null;
    if (kind !== null && kind === last) runs[runs.length - 1] += character;
    else if (kind !== null) runs.push(character);
    last = kind;
  }
  return runs;
}

/** Without case, accents and width. */
export function folded(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');
}
