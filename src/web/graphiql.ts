import type { Content } from './content.ts';
import { examples } from './examples.ts';
import { page } from './page.ts';

/** The key and the conversation of the demo that the examples use. */
interface ExplorerDemo {
  /** The demo's public key with all scopes. */
  key: string;
  /** The global id of the conversation that the examples show. */
  conversationId: string;
}

// The page contains all of its scripts and styles. It may send requests to this server only.
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

// Each load shows the examples. Stored tabs may hold ids of another database, and GraphiQL would add an empty tab to them. The history and the address keep
// the user's operations.
const clearTabs = `<script>for (const item of ['tabState', 'query', 'variables', 'headers']) localStorage.removeItem('graphiql:' + item)</script>`;

/** Returns GraphiQL with the examples in tabs, and with the demo's key while the demo is served, else a placeholder. */
export function explorerPage(demo: ExplorerDemo | null): Content {
  return page(async () => {
    // It has 9 MB of script, so it is loaded with the first request.
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
    return html.replace('<div id="root"></div>', (root) => root + clearTabs);
  }, policy);
}
