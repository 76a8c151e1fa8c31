import { html } from './html';
import { pageHeaders } from './page';

/** Swagger UI brings its own look, so this is not one of our pages. */
export function explorerPage(nonce: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API explorer · Latchkey</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css" nonce="${nonce}">
</head>
<body>
<div id="explorer"></div>
<script src="/docs/swagger-ui-bundle.js" nonce="${nonce}"></script>
<script nonce="${nonce}">
fetch('/v1/openapi.json')
  .then((answer) => answer.json())
  .then((document) => {
    // Calls go where the explorer was opened, under whatever name: the policy lets it speak to no one else.
    const spec = { ...document, servers: [{ url: location.origin + '/v1' }] };
    SwaggerUIBundle({ spec, dom_id: '#explorer', deepLinking: true, tryItOutEnabled: true, defaultModelsExpandDepth: 0, validatorUrl: null });
  });
</script>
</body>
</html>
`.toString();
}

export function explorerHeaders(nonce: string): Record<string, string> {
  return pageHeaders(nonce, { 'script-src': `'nonce-${nonce}'`, 'connect-src': "'self'" });
}
