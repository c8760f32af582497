import { type Content, content } from './content.ts';

/** The Content-Security-Policy of our own pages: scripts, styles and requests of this server alone, and no text of a page is a script. */
export const ownPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Returns the headers of a page. `policy`: its Content-Security-Policy. */
export function pageHeaders(policy: string) {
  return {
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    vary: 'Accept, Accept-Encoding',
  };
}

/** Returns a page that is rendered at its first request. */
export function page(render: () => Promise<string>, policy: string): Content {
  return content(async () => Buffer.from(await render()), pageHeaders(policy));
}
