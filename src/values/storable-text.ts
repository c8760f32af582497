// Rules for text that every API shares.

/** Returns the problem of a text that PostgreSQL cannot store, or null. */
export function textProblem(text: string): string | null {
  return text.includes('\0') || !text.isWellFormed() ? 'must not hold U+0000 or half a surrogate pair' : null;
}

/** Returns the problem of a text with a wrong length, or null. Characters are code points, as PostgreSQL counts them. */
export function lengthProblem(text: string, least: number, most: number): string | null {
  const length = codePoints(text);
  return length < least || length > most ? `must have ${least} to ${most.toLocaleString('en')} characters` : null;
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) pairs++;
  }
  return text.length - pairs;
}
