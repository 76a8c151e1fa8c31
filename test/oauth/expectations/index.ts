import type { Expectation } from '../expectation';
import { amazon, linkedin, yahoo } from './amazon-linkedin-yahoo';
import { apple } from './apple';
import { autodesk, box, dropbox } from './autodesk-box-dropbox';
import { bitly } from './bitly';
import { dailymotion, disqus } from './dailymotion-disqus';
import { discord } from './discord';
import { etsy } from './etsy';
import { facebook } from './facebook';
import { figma, kick, spotify } from './figma-kick-spotify';
import { github } from './github';
import { bitbucket, gitlab } from './gitlab-bitbucket';
import { google } from './google';
import { microsoft } from './microsoft';
import { notion } from './notion';
import { auth0, authentik, fusionauth, keycloak, oidc, okta } from './openid-connect';
import { paypal, paypalSandbox } from './paypal';
import { podio, yammer } from './podio-yammer';
import { salesforce, zoho, zoom } from './salesforce-zoho-zoom';
import { slack } from './slack';
import { stripe, tradeshift, tradeshiftBox } from './stripe-tradeshift';
import { twitch } from './twitch';
import { wordpress, x, yandex } from './wordpress-x-yandex';

/**
 * How each provider works, by its own documentation and by nothing else. Never adjust a line here to make a
 * test pass: look the provider up, and cite the page.
 */
export const expectations = {
  amazon,
  apple,
  auth0,
  authentik,
  autodesk,
  bitbucket,
  bitly,
  box,
  dailymotion,
  discord,
  disqus,
  dropbox,
  etsy,
  facebook,
  figma,
  fusionauth,
  github,
  gitlab,
  google,
  keycloak,
  kick,
  linkedin,
  microsoft,
  notion,
  oidc,
  okta,
  paypal,
  paypalSandbox,
  podio,
  salesforce,
  slack,
  spotify,
  stripe,
  tradeshift,
  tradeshiftBox,
  twitch,
  wordpress,
  x,
  yahoo,
  yammer,
  yandex,
  zoho,
  zoom,
} satisfies Record<string, Expectation>;

export type ProviderKey = keyof typeof expectations;

export const providerKeys = Object.keys(expectations) as ProviderKey[];
