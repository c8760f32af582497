import { onlyRead } from './content.ts';
import { escaped } from './html-text.ts';
import { type DocumentedApi, layout, type Site } from './layout.ts';
import { ownPolicy, pageHeaders } from './page.ts';

const query = `{
  conversations(
    first: 1
    filter: { types: [PHONE] }
  ) {
    totalCount
    nodes {
      id
      number
      contactNumber
      unreadCount
      consent { optedIn }
      messages(last: 2) {
        nodes { createdAt direction body }
      }
    }
  }
}`;

/** Returns the page at `/`. `origin`: the address in its commands. */
export function landingPage(site: Site): { respond(request: Request, origin: string): Response } {
  return {
    respond: (request, origin) =>
      request.method === 'GET' ? new Response(html(site, origin), { headers: pageHeaders(ownPolicy) }) : onlyRead(),
  };
}

function html(site: Site, origin: string): string {
  const isDemo = site.demoKey !== null;
  const assets = ['tokens.css', 'parley.css', 'landing.css', 'landing.js'];
  const body = `<main>
<section class="intro">
<h1>Conversations behind one GraphQL API</h1>
<p>Parley serves an organization’s phone numbers, contacts, conversations and messages. Three REST APIs answer from the same data, with the same scopes and the same redaction.</p>
<p class="actions"><a class="button primary" href="/inbox">Open the inbox</a> <a class="button" href="/graphql">Open GraphiQL</a></p>
<ul class="links">
<li><a href="/schema">GraphQL schema</a>, as text at <a href="/schema.graphql"><code>/schema.graphql</code></a></li>
${site.apis.map(linksOf).join('\n')}
<li><a href="/docs/import">The import format</a></li>
<li><a href="/health">Health</a></li>
</ul>
<h2>Your own data</h2>
<pre tabindex="0"><code>npm run -s parley -- org create --name "My organization"
npm run -s parley -- key create --org ID --name me \\
  --scope conversations:read
npm run -s parley -- import messages.ndjson --org ID</code></pre>
<p class="quiet">Stop the server before, or use PostgreSQL: set <code>DATABASE_URL</code>. <a href="/docs/import">A file to begin with</a></p>
</section>
<section class="live" aria-labelledby="live">
<h2 id="live">A query, live</h2>
<form class="query" id="query-form">
<label class="visually-hidden" for="query">The query</label>
<textarea class="field code" id="query" spellcheck="false">${escaped(query)}</textarea>
<pre tabindex="0" id="answer" aria-label="The answer"><code></code></pre>
<p class="run"><button class="button primary">Run</button> <span class="quiet" id="price" role="status">${isDemo ? 'Uses the demo’s key, which is public and exists only here.' : 'Paste a key at the top of the page first.'}</span></p>
</form>
</section>
<section class="contracts" aria-labelledby="contracts">
<h2 id="contracts">The newest message of the same conversation, three times</h2>
<div class="panes">
${site.apis.map(paneOf).join('\n')}
</div>
<h3>From a terminal</h3>
<pre tabindex="0"><code>curl -s -H "Authorization: Bearer ${site.demoKey ?? 'YOUR_KEY'}" '${origin}/v1/conversations?limit=3'</code></pre>
</section>
</main>`;
  return layout(site, { title: 'Parley', path: '/', assets, body });
}

function linksOf({ name, title }: DocumentedApi): string {
  return `<li>${escaped(title)}, at <code>/${name}/</code>: <a href="/${name}/docs">reference</a>, <a href="/${name}/openapi.json">OpenAPI</a></li>`;
}

function paneOf({ name, title, sample }: DocumentedApi): string {
  return `<article>
<h3>${escaped(title)}</h3>
<p class="request"><code data-sample="${escaped(`/${name}${sample}`)}">GET ${escaped(`/${name}${sample}`)}</code></p>
<pre tabindex="0" aria-label="${escaped(`The answer of ${title}`)}"><code></code></pre>
</article>`;
}
