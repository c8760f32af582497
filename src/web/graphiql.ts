import { examples } from './examples.ts';
import { type Page, page } from './page.ts';

/** What the demo lends to whoever looks around. */
interface ExplorerDemo {
  /** A key of all scopes: public, and of the demo alone. */
  key: string;
  /** Global id of a conversation worth opening. */
  conversationId: string;
}

// Everything lies in the page: it may speak to this server and load nothing from elsewhere.
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// A load begins with the examples: tabs kept from before would hold ids of another database, and none is the one it looks for, so it adds an
// empty one. What was run stays in the history, what was edited last in the address.
const startAnew = `<script>for (const kept of ['tabState', 'query', 'variables', 'headers']) localStorage.removeItem('graphiql:' + kept)</script>`;

/** GraphiQL with the example operations in tabs; the key is filled in while the demo is served, else a placeholder. */
export function explorerPage(demo: ExplorerDemo | null): Page {
  return page(async () => {
    // 9 MB of script: loaded when somebody looks.
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const headers = JSON.stringify({ Authorization: `Bearer ${demo?.key ?? 'YOUR_KEY'}` }, null, 2);
    const variables = JSON.stringify({ id: demo?.conversationId ?? 'CONVERSATION_ID' }, null, 2);
    const html = renderGraphiQL({
      title: 'Parley – GraphiQL',
      endpoint: '/graphql',
      defaultHeaders: headers,
      defaultTabs: examples.map(({ query, takesId }) => ({ query, headers, variables: takesId ? variables : null })),
      // A real key must not outlive its tab in the browser's storage.
      shouldPersistHeaders: false,
    });
    return html.replace('<div id="root"></div>', (root) => root + startAnew);
  }, policy);
}
