import { text } from 'node:stream/consumers';
import { badInput } from '../errors.ts';

/** Returns the token of the option, of standard input (`-`), or of the environment. @throws BAD_USER_INPUT, which never contains the token */
export async function readToken(option: string | undefined, variable: string | undefined): Promise<string> {
  const given = option === '-' ? await text(process.stdin) : (option ?? variable ?? '');
  const token = given.trim();
  if (token === '') throw badInput('token', 'it is missing: set PARLEY_SYNC_TOKEN, or give --token - and the token on standard input');
  if (!/^[\x21-\x7e]+$/.test(token)) throw badInput('token', 'it must have letters, digits and signs of ASCII only');
  return token;
}
