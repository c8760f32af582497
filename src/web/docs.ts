import { join } from 'node:path';
import type { Content } from './content.ts';
import { escaped } from './html-text.ts';
import { layout, type Site } from './layout.ts';
import { ownPolicy, page } from './page.ts';
import { staticFiles } from './static-files.ts';

/** Returns the references of the REST APIs by their paths, and the files of Swagger UI that they use. */
export function docsPages(site: Site): Map<string, Content> {
  const pages = site.apis.map(({ name, title }): [string, Content] => {
    const path = `/${name}/docs`;
    const assets = ['tokens.css', 'swagger-ui/swagger-ui.css', 'docs.css'];
    const openApi = `/${escaped(name)}/openapi.json`;
    const below = `<h1 class="visually-hidden">${escaped(title)}</h1>
<p class="notice">The OpenAPI document: <a href="${openApi}">${openApi}</a></p>`;
    // Swagger UI brings the main landmark.
    const body = `<div id="reference" data-openapi="${openApi}"><noscript>The reference needs JavaScript.</noscript></div>
<script src="/assets/swagger-ui/swagger-ui-bundle.js" defer></script>
<script type="module" src="/assets/docs.js"></script>`;
    return [path, page(async () => layout(site, { title: `Parley – ${title}`, path, assets, below, body }), ownPolicy)];
  });
  return new Map([...pages, ...staticFiles('/assets/swagger-ui', join(import.meta.dirname, 'vendor/swagger-ui'))]);
}
