import { importFields, importRules } from '../values/import-format.ts';
import type { Content } from './content.ts';
import { withCode } from './html-text.ts';
import { layout, type Site } from './layout.ts';
import { ownPolicy, page } from './page.ts';

const path = '/docs/import';

/** Returns the page of the import format. Its sample is a file in assets. */
export function importPage(site: Site): Content {
  const rows = importFields.map(
    ({ name, form, meaning, required }) =>
      `<tr><th scope="row"><code>${name}</code>${required ? ' <span class="required">required</span>' : ''}</th><td>${form}</td><td>${withCode(meaning)}</td></tr>`,
  );
  const body = `<main>
<h1>The import format</h1>
<ul>${importRules.map((rule) => `<li>${withCode(rule)}</li>`).join('')}</ul>
<h2>Try it</h2>
<p>Save <a href="/assets/sample.ndjson" download>sample.ndjson</a>: six messages of a phone conversation and of a workplace chat. Then stop the server, or use PostgreSQL, and run:</p>
<pre tabindex="0"><code>npm run -s parley -- org create --name "My organization"     # prints ID
npm run -s parley -- key create --org ID --name me --scope conversations:read
npm run -s parley -- import sample.ndjson --org ID</code></pre>
<h2>The fields of a line</h2>
<div class="table" tabindex="0" role="region" aria-label="The fields of a line"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Form</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
</main>`;
  const assets = ['tokens.css', 'parley.css', 'import.css', 'key.js'];
  return page(async () => layout(site, { title: 'Parley – Import', path, assets, body }), ownPolicy);
}
