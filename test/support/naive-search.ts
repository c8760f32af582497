/** Scripts written without spaces, in which a query may match anywhere in a word. */
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** The rule of search in its simplest form: every word of the query begins a word of the body, or is part of one in scripts without spaces. */
export function naivelyFits(body: string, query: string): boolean {
  const terms = words(query);
  const present = words(body);
  return (
    terms.length > 0 && terms.every((word) => present.some((each) => (unspaced.test(word) ? each.includes(word) : each.startsWith(word))))
  );
}

/** Returns the folded words, which end at any character but letters and digits, and where a script without spaces begins or ends. */
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

/** Returns a text without case, accents and width. */
export function folded(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');
}
