import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Scope } from '../../../auth/scopes.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { newRequestId } from '../../../http/request-id.ts';
import { RequestRecord } from '../../../log/request-record.ts';
import { nilUuid } from '../../../values/ids.ts';
import type { Execute } from './execute.ts';

/** The viewer of an operation that no client sent: an organization, and only the scopes that the operation needs. It has no budget, and spends nothing. */
interface Inside {
  organizationId: string;
  scopes: readonly Scope[];
  /** Ends the operation. */
  signal: AbortSignal;
}

/** Runs a document for the gateway itself, through the same schema and checks as a client's. Null for something that does not exist. */
export type RunInside = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data | null>;

export function runInside(execute: Execute, { organizationId, scopes, signal }: Inside): RunInside {
  const viewer: Viewer = {
    organizationId,
    keyId: nilUuid,
    keyName: '',
    scopes: new Set(scopes),
    expiresAt: null,
    budgetPerMinute: 0,
    searchSalt: null,
  };
  return async (document, variables) => {
    const requestId = newRequestId();
    const visit = { spend: async () => {}, headers: async () => ({}), record: new RequestRecord(requestId) };
    // The schema reads only the signal of a request that has no key.
    const request = new Request('http://inside.invalid/', { signal });
    const { data, errors } = await execute(document, variables, { viewer, requestId, visit, request });
    const [error] = errors;
    if (error?.code === 'NOT_FOUND') return null;
    if (error !== undefined) throw new Error(`an operation of the gateway failed: ${error.message}`);
    return data;
  };
}
