// `URL` alone mends what is no address (one slash, a backslash, a space, U+0000) and says yes: the text that is kept would be another one.
const asItStands = /^https:\/\/[^/?#@\\\s\p{Cc}\p{Cs}]+([/?#][^\\\s\p{Cc}\p{Cs}]*)?$/iu;

/**
 * Whether a text is an absolute https URL as it stands: with a host, without a user name or password, which whoever is shown it would learn,
 * and without spaces, backslashes, control characters and halves of surrogate pairs. One rule for every surface.
 */
export function isHttpsUrl(text: string): boolean {
  return asItStands.test(text) && URL.canParse(text);
}

/** Characters of a link: presigned ones of object stores can have two thousand and more. */
export const longestUrl = 4_096;

/** What keeps a text from being a link; null: nothing. */
export function urlProblem(text: string): string | null {
  if (text.length > longestUrl) return `must have at most ${longestUrl.toLocaleString('en')} characters`;
  return isHttpsUrl(text) ? null : 'must be an https URL';
}
