import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Content } from './content.ts';
import { docsPages } from './docs.ts';
import { explorerFiles, explorerPage } from './graphiql.ts';
import { importPage } from './import-page.ts';
import { inbox } from './inbox.ts';
import { landingPage } from './landing.ts';
import type { DocumentedApi } from './layout.ts';
import { type SchemaRefusal, schemaPage } from './schema-page.ts';
import { staticFiles } from './static-files.ts';

interface SiteOptions {
  /** The demo's key with all scopes, and the global id of the conversation that examples show; null if the demo is not served. */
  demo: { key: string; conversationId: string } | null;
  apis: readonly DocumentedApi[];
  schema: GraphQLSchema;
}

/** The parts of a request that pages use. */
interface Visitor {
  /** The address in the commands of pages, which the operator sets, not the request. */
  origin: string;
  /** Returns the reason why the client may not read the schema; null if it may. */
  schemaRefusal(): Promise<SchemaRefusal | null>;
}

/** Answers a request for a page or a file. */
type Show = (request: Request, visitor: Visitor) => Response | Promise<Response>;

/** Returns a function that finds the page or file of a request; null if it is for an API. */
export function site({ demo, apis, schema }: SiteOptions): (request: Request) => Show | null {
  const shown = { demoKey: demo?.key ?? null, apis };
  const explorer = explorerPage(shown, demo?.conversationId ?? null);
  const landing = landingPage(shown);
  const reference = schemaPage(shown, schema);
  const files = new Map<string, Content>([
    ...staticFiles('/assets', join(import.meta.dirname, 'assets')),
    ...explorerFiles(),
    ...docsPages(shown),
    ...inbox(demo?.key ?? null),
    ['/docs/import', importPage(shown)],
  ]);

  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return (shownTo, { origin }) => landing.respond(shownTo, origin);
    if (pathname === '/schema') return async (shownTo, { schemaRefusal }) => reference.respond(shownTo, await schemaRefusal());
    // The same path is the API for clients that do not ask for HTML.
    if (pathname === '/graphql') return isBrowser(request) ? explorer.respond : null;
    const content = files.get(pathname);
    if (content !== undefined) return content.respond;
    return /^\/(assets|inbox)(\/|$)/.test(pathname) ? () => missing() : null;
  };
}

function isBrowser({ method, headers }: Request): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.get('accept') ?? '');
}

function missing(): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' };
  return new Response('this file does not exist\n', { status: 404, headers });
}
