interface Landing {
  /** The demo's key with all scopes; null if the demo is not served. */
  demoKey: string | null;
  /** The name and the path of each REST API. */
  mounts: readonly { name: string; path: string }[];
}

const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Returns the page at `/`, with links and a command to paste. `origin`: the address in the command, which the operator sets, not the request. */
export function landingPage(landing: Landing): { respond(origin: string): Response } {
  return {
    respond: (origin) => {
      const headers = {
        'cache-control': 'no-cache',
        'content-security-policy': policy,
        'content-type': 'text/html; charset=utf-8',
        'referrer-policy': 'no-referrer',
      };
      return new Response(html(landing, origin), { headers });
    },
  };
}

function html({ demoKey, mounts }: Landing, origin: string): string {
  const key = demoKey ?? 'YOUR_KEY';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 10vh auto; padding: 0 1.25rem; }
  h1 { font-size: 2.5rem; line-height: 1.2; margin: 0; }
  pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: .5rem; background: color-mix(in srgb, currentColor 8%, transparent); }
  code { font: .875em ui-monospace, monospace; }
</style>
<h1>Parley</h1>
<p>One GraphQL API for an organization's conversations, with three REST APIs on the same data.</p>
<ul>
  <li><a href="/graphql">GraphiQL</a>, at <code>/graphql</code>${demoKey === null ? ': fill in your key' : ': the demo’s key is filled in'}</li>
${mounts.map(({ name, path }) => `  <li>${name}, at <code>${path}</code>: <a href="${path}openapi.json">its OpenAPI document</a></li>`).join('\n')}
  <li><a href="/health">Health</a></li>
</ul>
<p>${demoKey === null ? 'With your key' : 'With the demo’s key, which is public and exists only here'}:</p>
<pre><code>curl -s -H "Authorization: Bearer ${key}" '${origin}/v1/conversations?limit=3'</code></pre>
</html>
`;
}
