import { type Html, html } from '../html';
import type { OAuthFailure } from '../oauth-failure';
import { action, innerCard } from './form';

/** One that the project has enabled. */
export interface OfferedProvider {
  /** As apps call it. */
  key: string;
  /** As people know it. */
  name: string;
}

interface Ways {
  providers: readonly OfferedProvider[];
  /** Address of this page, where every way ends. */
  home: string;
}

export function providersToSignIn(ways: Ways): Html {
  return html`<section class="wide" aria-labelledby="providers-in">
<h2 id="providers-in">Providers</h2>
<p class="muted">Sign in with an account that you have elsewhere.</p>
<div class="cards">${buttons(ways, 'in')}</div>
</section>`;
}

/** Somebody who is signed in already links what he chooses to his account; a guest thereby becomes a user. */
export function providersToLink(ways: Ways): Html {
  return html`<section class="wide" aria-labelledby="providers-link">
<h2 id="providers-link">Providers</h2>
<p class="muted">Link an account that you have elsewhere. It signs you in from then on.</p>
<div class="cards">${buttons(ways, 'link')}</div>
</section>`;
}

/** A token is for whoever has no session yet: linking takes the one that is there. */
function buttons({ providers, home }: Ways, purpose: 'in' | 'link'): Html {
  if (providers.length === 0) return html`<p class="muted">This project has none. Add one below <code>oauth</code> in the projects file.</p>`;
  return html`${providers.map(({ key, name }) => {
    const constant = { provider: key };
    return innerCard(
      name,
      undefined,
      action({ call: 'createOAuth2Session', button: `Continue with ${name}`, constant, given: { success: home, failure: home }, id: `${purpose}-${key}` }),
      purpose === 'in' && action({ call: 'createOAuth2Token', button: `Continue with ${name} by a token`, constant, given: { success: `${home}&for=oauth2`, failure: home }, id: `token-${key}`, quiet: true }),
    );
  })}`;
}

/** Why the provider's way ended here. */
export function failureCard({ message, type, trace }: OAuthFailure): Html {
  return html`<section id="failure" class="card marked" aria-labelledby="failure-title">
<h2 id="failure-title" tabindex="-1">The sign-in through a provider failed</h2>
<p role="alert" class="bad">${message ?? 'Nobody said why.'}</p>
<dl>
${type && html`<dt>Type</dt><dd><code>${type}</code></dd>`}
${trace && html`<dt>Trace</dt><dd><code>${trace}</code></dd>`}
</dl>
${trace && html`<p class="muted">What happened on the way: <code>npm run -s cli -- oauth trace ${trace}</code></p>`}
</section>`;
}
