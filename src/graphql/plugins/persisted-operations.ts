import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Viewer } from '../../auth/viewer.ts';
import { type ErrorCode, ParleyError } from '../../errors.ts';
import type { Caller, Context } from '../context.ts';
import { LearnedDocuments } from '../execution/learned-documents.ts';
import { maxDocumentLength } from '../limits.ts';

/** Hash → document. */
export type Manifest = ReadonlyMap<string, string>;

/** What operators trust, and whether nothing else runs. */
export interface Trusted {
  manifest: Manifest;
  only: boolean;
}

/**
 * Operations by hash, in Apollo's protocol: `extensions.persistedQuery {version: 1, sha256Hash}`. The hash is one of the manifest, or one that a client of the
 * same organization sent with its document before. An unknown hash is answered NOT_FOUND with the message that clients expect, and they send both.
 */
export function persistedOperations({ manifest, only }: Trusted): Plugin<Context, Caller> {
  const trustedTexts = new Set(manifest.values());
  const learned = new LearnedDocuments();

  function learnedBy(viewer: Viewer | null, hash: string): string | undefined {
    return viewer === null ? undefined : learned.get(viewer.organizationId, hash);
  }

  function documentOf({ query, extensions }: GraphQLParams, viewer: Viewer | null): unknown {
    const hash = hashIn(extensions);
    if (hash === null) return query;
    const known = manifest.get(hash);
    if (known !== undefined) return known;
    // Over WebSocket the protocol wants a text: an empty one is none. Where nothing can be learned, sending the document too would not help.
    if (query == null || query === '') return only ? null : (learnedBy(viewer, hash) ?? refuse(404, 'NOT_FOUND', 'PersistedQueryNotFound'));
    if (typeof query !== 'string' || query.length > maxDocumentLength) return query;
    if (createHash('sha256').update(query).digest('hex') !== hash) {
      return refuse(400, 'BAD_USER_INPUT', 'extensions.persistedQuery.sha256Hash is not the SHA-256 of query');
    }
    if (viewer !== null) learned.set(viewer.organizationId, hash, query);
    return query;
  }

  return {
    onParams({ params, setParams, context }) {
      // A batch or a text is no operation: Yoga says so next.
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const query = documentOf(params, context.viewer);
      if (only && !(typeof query === 'string' && trustedTexts.has(query))) {
        refuse(403, 'FORBIDDEN', 'only operations that the operator trusts run here: send extensions.persistedQuery.sha256Hash of one');
      }
      // Yoga's own refusal would be 200 for the older media type, though there is no operation.
      if (query == null)
        throw new GraphQLError('the request has no "query": send the document there', { extensions: { http: { status: 400 } } });
      if (query !== params.query) setParams({ ...params, query: String(query) });
    },
  };
}

/** Null where none is given. @throws BAD_USER_INPUT for another protocol */
function hashIn(extensions: unknown): string | null {
  const persisted = isRecord(extensions) ? extensions.persistedQuery : null;
  if (persisted == null) return null;
  if (isRecord(persisted) && persisted.version === 1 && typeof persisted.sha256Hash === 'string') return persisted.sha256Hash;
  return refuse(400, 'BAD_USER_INPUT', 'extensions.persistedQuery must be {version: 1, sha256Hash}');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function refuse(status: number, code: ErrorCode, message: string): never {
  throw new GraphQLError(message, { originalError: new ParleyError(code, message), extensions: { http: { spec: true, status } } });
}
