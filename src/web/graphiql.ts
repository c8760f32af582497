import { type Content, content } from './content.ts';
import { examples } from './examples.ts';
import { jsonInHtml } from './html-text.ts';
import { layout, type Site } from './layout.ts';
import { page } from './page.ts';

// Requests go to this server only, and no text of the page is a script. GraphiQL's editor writes styles into the page and starts workers from blobs.
const policy = [
  "default-src 'none'",
  "script-src 'self' blob:",
  'worker-src blob:',
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Returns GraphiQL with the examples in tabs. `conversationId`: the global id that they use; null: GraphiQL asks for one. */
export function explorerPage(site: Site, conversationId: string | null): Content {
  const below = `<h1 class="visually-hidden">GraphiQL</h1>
<p class="notice" id="price" role="status">The price of each operation is shown here.</p>`;
  const body = `<main id="root"><noscript>GraphiQL needs JavaScript.</noscript></main>
<script type="application/json" id="examples">${jsonInHtml({ conversationId, examples })}</script>
<script src="/assets/graphiql/graphiql.js" defer></script>
<script type="module" src="/assets/explorer.js"></script>`;
  const assets = ['tokens.css', 'graphiql/graphiql.css', 'explorer.css'];
  return page(async () => layout(site, { title: 'Parley – GraphiQL', path: '/graphql', assets, below, body }), policy);
}

/** Returns GraphiQL's own script and style by their paths. The package has one page with all of it, so the page is taken apart. */
export function explorerFiles(): Map<string, Content> {
  const part = (begin: string, end: string) => async () => {
    // It has 9 MB of script, so it is loaded with the first request.
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    return Buffer.from(between(renderGraphiQL({}), begin, end));
  };
  return new Map([
    ['/assets/graphiql/graphiql.css', content(part('<style>', '</style>'), { 'content-type': 'text/css; charset=utf-8' })],
    // Without its last call: explorer.js renders with our options.
    [
      '/assets/graphiql/graphiql.js',
      content(part('<script>', 'YogaGraphiQL.renderYogaGraphiQL('), { 'content-type': 'text/javascript; charset=utf-8' }),
    ],
  ]);
}

/** Returns the text after the first `begin` and before the last `end`. */
function between(text: string, begin: string, end: string): string {
  const from = text.indexOf(begin);
  const to = text.lastIndexOf(end);
  if (from === -1 || to < from) throw new Error(`GraphiQL's page lacks ${begin} or ${end}: the package has changed`);
  return text.slice(from + begin.length, to);
}
