import { join } from 'node:path';
import type { Content } from './content.ts';
import { explorerPage } from './graphiql.ts';
import { landingPage } from './landing.ts';
import { staticFiles } from './static-files.ts';

interface SiteOptions {
  /** The demo's key with all scopes, and the global id of the conversation that examples show; null if the demo is not served. */
  demo: { key: string; conversationId: string } | null;
  /** The documented REST APIs. `name`: the path's first word. */
  contracts: readonly { name: string; title: string }[];
}

/** Answers a request for a page or a file. `origin`: the address in the commands of pages, which the operator sets, not the request. */
type Show = (request: Request, origin: string) => Response | Promise<Response>;

/** Returns a function that finds the page or file of a request; null if it is for an API. */
export function site({ demo, contracts }: SiteOptions): (request: Request) => Show | null {
  const explorer = explorerPage(demo);
  const landing = landingPage({
    demoKey: demo?.key ?? null,
    mounts: contracts.map(({ name, title }) => ({ name: title, path: `/${name}/` })),
  });
  const files = new Map<string, Content>([...staticFiles('/assets', join(import.meta.dirname, 'assets'))]);

  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return landing.respond;
    // The same path is the API for clients that do not ask for HTML.
    if (pathname === '/graphql') return isBrowser(request) ? explorer.respond : null;
    const content = files.get(pathname);
    if (content !== undefined) return content.respond;
    return /^\/assets(\/|$)/.test(pathname) ? () => missing() : null;
  };
}

function isBrowser({ method, headers }: Request): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.get('accept') ?? '');
}

function missing(): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' };
  return new Response('this file does not exist\n', { status: 404, headers });
}
