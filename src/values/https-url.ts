import { badInput } from '../errors.ts';

// `URL` alone accepts texts that it first has to fix (one slash, a backslash, a space, U+0000): the stored text would still be invalid.
const pattern = /^https:\/\/[^/?#@\\\s\p{Cc}\p{Cs}]+([/?#][^\\\s\p{Cc}\p{Cs}]*)?$/iu;

/**
 * Returns whether a text is an absolute https URL with a host, without a user name or password (every viewer would see them), and without spaces, backslashes,
 * control characters and halves of surrogate pairs.
 */
export function isHttpsUrl(text: string): boolean {
  return pattern.test(text) && URL.canParse(text);
}

/** The most characters of a link. A presigned link of an object store can have more than 2,000. */
const longestUrl = 4_096;

/** Returns the problem of a text that is not a link, or null. */
export function urlProblem(text: string): string | null {
  if (text.length > longestUrl) return `must have at most ${longestUrl.toLocaleString('en')} characters`;
  return isHttpsUrl(text) ? null : 'must be an https URL';
}

/** Checks a link that a client sets. @throws BAD_USER_INPUT naming `field` */
export function checkUrl(field: string, url: string): void {
  const problem = urlProblem(url);
  if (problem !== null) throw badInput(field, problem);
}
