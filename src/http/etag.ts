import { createHash } from 'node:crypto';

/** Returns an entity tag of a content, without quotes. */
export function tagOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** Returns true if `If-None-Match` names the entity tag or any: the client has the content already. */
export function isFresh(ifNoneMatch: string | null, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
