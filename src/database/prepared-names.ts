import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Statement } from './database.ts';

/** The most prepared statements of one connection. PostgreSQL keeps about 100 KB for each until the connection ends. */
const maxNames = 100;
/** The share of shaped statements. The other names are enough for all fixed statements of the server. */
const maxShaped = 35;
/** Uses until a shaped statement is prepared. */
const usesUntilNamed = 20;
/** Shaped statements whose uses are counted; the least recently used is forgotten. */
const maxCounted = 1_000;

/**
 * Names the statements that a connection prepares; the others are planned at each use. A fixed statement has a name from its first use, a shaped one once
 * it was used often. A name is never reused, so that many new shapes cannot replace statements that are already prepared.
 */
export class PreparedNames {
  readonly #names = new Map<string, string>();
  readonly #uses = new LRUCache<string, number>({ max: maxCounted });
  #shaped = 0;

  /** The statement's name, at most 63 bytes; undefined if it is not to be prepared. */
  of({ label, text, replanned = false, shaped = false }: Statement): string | undefined {
    if (replanned) return undefined;
    const key = `${label}\n${text}`;
    const prepared = this.#names.get(key);
    if (prepared !== undefined) return prepared;
    if (this.#names.size >= maxNames || (shaped && !this.#mayName(key))) return undefined;
    if (shaped) this.#shaped += 1;
    const name = `${label.slice(0, 40)}_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
    this.#names.set(key, name);
    return name;
  }

  #mayName(key: string): boolean {
    if (this.#shaped >= maxShaped) return false;
    const uses = (this.#uses.get(key) ?? 0) + 1;
    this.#uses.set(key, uses);
    return uses >= usesUntilNamed;
  }
}
