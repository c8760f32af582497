import { escaped } from './html-text.ts';

/** The parts of the gateway that every page shows. */
export interface Site {
  /** The demo's key; null if the demo is not served. */
  demoKey: string | null;
  apis: readonly DocumentedApi[];
}

/** A documented REST API. */
export interface DocumentedApi {
  /** The first word of its paths. */
  name: string;
  title: string;
  /** A path of its newest messages of a phone conversation, whose GraphQL id is `{id}` and whose number is `{number}`. */
  sample: string;
}

interface Page {
  title: string;
  /** The path of the page, which the bar marks as the current one. */
  path: string;
  /** Style sheets and scripts in /assets, by their names. */
  assets: readonly string[];
  /** HTML in the header, below the bar; absent: nothing. */
  below?: string;
  /** The content, as HTML. */
  body: string;
}

/** Returns a page with the bar that all pages have: the links, and the field for the key. */
export function layout({ demoKey, apis }: Site, { title, path, assets, below = '', body }: Page): string {
  const links = [
    ['/inbox', 'Inbox'],
    ['/graphql', 'GraphiQL'],
    ['/schema', 'Schema'],
    ...apis.map(({ name, title }) => [`/${name}/docs`, title]),
    ['/docs/import', 'Import'],
  ];
  const entries = links.map(
    ([href = '', name = '']) => `<a href="${escaped(href)}"${href === path ? ' aria-current="page"' : ''}>${escaped(name)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="demo-key" content="${escaped(demoKey ?? '')}">
<title>${escaped(title)}</title>
<link rel="icon" href="/assets/icon.svg">
${assets.map(tagOf).join('\n')}
</head>
<body>
<header>
<div class="bar">
<nav aria-label="Pages"><a class="brand" href="/"><img src="/assets/icon.svg" alt="">Parley</a>${entries.join('')}</nav>
<form id="key-form" autocomplete="off">
<label for="key">Key</label>
<input class="field" id="key" type="password" autocomplete="off" spellcheck="false" placeholder="am_live_…" aria-describedby="key-note">
<button class="button">Use</button>
<span class="visually-hidden" id="key-note">The key is kept until this tab is closed.</span>
</form>
</div>
${below}
</header>
${body}
</body>
</html>
`;
}

function tagOf(name: string): string {
  if (name.endsWith('.css')) return `<link rel="stylesheet" href="/assets/${name}">`;
  return `<script type="module" src="/assets/${name}"></script>`;
}
