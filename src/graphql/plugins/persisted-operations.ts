import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Viewer } from '../../auth/viewer.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Caller, Context } from '../context.ts';
import { refusedOperation } from '../errors.ts';
import { LearnedDocuments } from '../execution/learned-documents.ts';
import { maxDocumentLength } from '../limits.ts';

/** Trusted documents by their hash. */
export type Manifest = ReadonlyMap<string, string>;

/** The operations that the operator trusts. `only`: no other operation runs. */
export interface Trusted {
  manifest: Manifest;
  only: boolean;
}

/**
 * Runs operations by hash, in Apollo's protocol: `extensions.persistedQuery {version: 1, sha256Hash}`. The hash is in the manifest, or a client of the same
 * organization sent it before with its document. An unknown hash is answered NOT_FOUND with the message on which clients send both.
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
    const trusted = manifest.get(hash);
    if (trusted !== undefined) return trusted;
    // The WebSocket protocol requires a text, so clients without a document send an empty one. If only trusted operations run, sending the document would not help.
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
      // Yoga refuses a batch or a text next.
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const query = documentOf(params, context.viewer);
      if (only && !(typeof query === 'string' && trustedTexts.has(query))) {
        refuse(403, 'FORBIDDEN', 'only operations that the operator trusts may run: send extensions.persistedQuery.sha256Hash of one');
      }
      // Yoga would answer 200 for the older media type.
      if (query == null)
        throw new GraphQLError('the request has no "query": send the document there', { extensions: { http: { status: 400 } } });
      if (query !== params.query) setParams({ ...params, query: String(query) });
    },
  };
}

/** Returns the hash in `extensions`; null if there is none. @throws BAD_USER_INPUT for another protocol */
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
  throw refusedOperation(status, code, message);
}
