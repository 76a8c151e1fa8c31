import { extname } from 'node:path';
import type { BoardPage } from '../infra/queue/queue-board';
import { Html, html } from './html';
import { documentHeaders } from './page';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** The dashboard's own document would fetch fonts from elsewhere; this one has its scripts and styles and nothing else. */
export function queuesPage({ styles, scripts, config }: BoardPage): string {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<base href="/admin/queues/">
<title>Queues · Latchkey</title>
<link rel="icon" type="image/svg+xml" id="fav-logo" href="static/images/logo.svg">
${styles.map((path) => html`<link rel="stylesheet" href="${path}">`)}
</head>
<body class="preload">
<script id="__UI_CONFIG__" type="application/json">${inScript(config)}</script>
<div id="root"></div>
${scripts.map((path) => html`<script defer src="${path}"></script>`)}
</body>
</html>
`.toString();
}

/** Its components style themselves at run time, so styles alone may be inline. */
export function queuesHeaders(): Record<string, string> {
  return documentHeaders({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'self'",
  });
}

/** Named after their content, but for those behind a key no shared cache keeps anything. */
export function assetHeaders(path: string): Record<string, string> {
  return { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'private, max-age=3600', 'X-Content-Type-Options': 'nosniff' };
}

function inScript(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/</g, '\\u003c'));
}
