import type { MessageData } from '../../src/contract/messages';

export const LINK = 'https://app.example/confirm?theme=dark&userId=ada&secret=5f%2Ba=&expire=2026-11-29T05:40:41.000%2B00:00';
export const CODE = '274381';
export const MOMENT = '2026-11-29T05:40:41.000+00:00';

const person = { user: 'Ada Lovelace', project: 'Shop' };
const link = { ...person, redirect: LINK, expire: MOMENT };
const code = { ...person, otp: CODE, expire: MOMENT };
const asked = { agentDevice: 'desktop', agentClient: 'Firefox', agentOs: 'Linux' };

/** What each mail may be told, by its template. */
export const TOLD: Record<string, Record<string, string>> = {
  verification: link satisfies MessageData['verification'],
  recovery: link satisfies MessageData['recovery'],
  'magic-url': { ...link, ...asked, phrase: 'Golden Fox' } satisfies MessageData['magicUrl'],
  'email-otp': { ...code, ...asked, phrase: 'Golden Fox' } satisfies MessageData['emailOtp'],
  'mfa-challenge': { ...code, ...asked } satisfies MessageData['mfaChallenge'],
  'session-alert': { ...person, at: MOMENT, device: 'Firefox on Linux', ip: '203.0.113.7', country: 'Italy' } satisfies MessageData['sessionAlert'],
};

/** What a browser reads in an attribute or a text node. */
export function decoded(html: string): string {
  return ['&lt;<', '&gt;>', '&quot;"', "&#x27;'", '&#x60;`', '&#x3D;=', '&amp;&'].reduce((text, pair) => text.replaceAll(pair.slice(0, -1), pair.slice(-1)), html);
}

/** What a reader sees of it, without the markup. */
export function visible(html: string): string {
  return decoded(html.slice(html.indexOf('<body')).replace(/<!--.*?-->/gs, '').replace(/<[^>]*>/g, ''));
}
