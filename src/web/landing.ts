import { onlyRead } from './content.ts';
import { ownPolicy, pageHeaders } from './page.ts';

interface Landing {
  /** The demo's key with all scopes; null if the demo is not served. */
  demoKey: string | null;
  /** The name and the path of each REST API. */
  mounts: readonly { name: string; path: string }[];
}

/** Returns the page at `/`. `origin`: the address in its commands. */
export function landingPage(landing: Landing): { respond(request: Request, origin: string): Response } {
  return {
    respond: (request, origin) =>
      request.method === 'GET' ? new Response(html(landing, origin), { headers: pageHeaders(ownPolicy) }) : onlyRead(),
  };
}

function html({ demoKey, mounts }: Landing, origin: string): string {
  const key = demoKey ?? 'YOUR_KEY';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/parley.css">
<main>
<h1>Parley</h1>
<p>One GraphQL API for an organization's conversations, with three REST APIs on the same data.</p>
<ul>
  <li><a href="/graphql">GraphiQL</a>, at <code>/graphql</code>${demoKey === null ? ': fill in your key' : ': the demo’s key is filled in'}</li>
${mounts.map(({ name, path }) => `  <li>${name}, at <code>${path}</code>: <a href="${path}openapi.json">its OpenAPI document</a></li>`).join('\n')}
  <li><a href="/health">Health</a></li>
</ul>
<p>${demoKey === null ? 'With your key' : 'With the demo’s key, which is public and exists only here'}:</p>
<pre><code>curl -s -H "Authorization: Bearer ${key}" '${origin}/v1/conversations?limit=3'</code></pre>
</main>
</html>
`;
}
