import type { Provider } from '../provider';
import { amazon } from './amazon';
import { apple } from './apple';
import { auth0 } from './auth0';
import { authentik } from './authentik';
import { autodesk } from './autodesk';
import { bitbucket } from './bitbucket';
import { bitly } from './bitly';
import { box } from './box';
import { dailymotion } from './dailymotion';
import { discord } from './discord';
import { disqus } from './disqus';
import { dropbox } from './dropbox';
import { etsy } from './etsy';
import { facebook } from './facebook';
import { figma } from './figma';
import { fusionauth } from './fusionauth';
import { github } from './github';
import { gitlab } from './gitlab';
import { google } from './google';
import { keycloak } from './keycloak';
import { kick } from './kick';
import { linkedin } from './linkedin';
import { microsoft } from './microsoft';
import { notion } from './notion';
import { openIdConnect } from './oidc';
import { okta } from './okta';
import { paypal, paypalSandbox } from './paypal';
import { podio } from './podio';
import { salesforce } from './salesforce';
import { slack } from './slack';
import { spotify } from './spotify';
import { stripe } from './stripe';
import { tradeshift, tradeshiftBox } from './tradeshift';
import { twitch } from './twitch';
import { wordpress } from './wordpress';
import { x } from './x';
import { yahoo } from './yahoo';
import { yammer } from './yammer';
import { yandex } from './yandex';
import { zoho } from './zoho';
import { zoom } from './zoom';

export { openIdConnect };

/** Every provider, by the name that apps and the projects file use. A new one is its card and its line here. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
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
  oidc: openIdConnect('OpenID Connect'),
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
};
