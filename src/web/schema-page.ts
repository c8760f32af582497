import type { GraphQLSchema } from 'graphql';
import { type Content, content, onlyRead } from './content.ts';
import { escaped } from './html-text.ts';
import { layout, type Site } from './layout.ts';
import { ownPolicy, pageHeaders } from './page.ts';
import { schemaReference } from './schema-reference.ts';

/** The reason why a client may not read the schema. */
export interface SchemaRefusal {
  status: number;
  message: string;
}

/** Returns the page at `/schema`. It shows the schema to the clients that may read /schema.graphql; to others a field for the key. */
export function schemaPage(site: Site, schema: GraphQLSchema) {
  const title = 'Parley – GraphQL schema';
  const assets = ['tokens.css', 'parley.css', 'schema.css', 'schema.js'];
  const headers = { ...pageHeaders(ownPolicy), 'cache-control': 'private, no-cache', vary: 'Authorization, Accept-Encoding' };
  const whole: Content = content(
    async () =>
      Buffer.from(
        layout(site, { title, path: '/schema', assets, body: `<div class="schema" id="schema">${schemaReference(schema)}</div>` }),
      ),
    headers,
  );
  return {
    respond(request: Request, refusal: SchemaRefusal | null): Response | Promise<Response> {
      if (request.method !== 'GET') return onlyRead();
      if (refusal === null) return whole.respond(request);
      const advice =
        refusal.status === 401 ? 'Paste a key at the top of the page: the schema is shown to every valid key.' : refusal.message;
      const body = `<div id="schema"><main class="reference"><h1>GraphQL schema</h1><p id="refused">${escaped(advice)}</p></main></div>`;
      return new Response(layout(site, { title, path: '/schema', assets, body }), { status: refusal.status, headers });
    },
  };
}
