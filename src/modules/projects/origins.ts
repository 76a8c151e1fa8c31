import type { Project } from '../../contract/project';

/** Schemes whose host is a web site's or an extension's: the host decides. Any other scheme must be registered. */
const WEB = new Set(['http:', 'https:', 'chrome-extension:', 'moz-extension:', 'safari-web-extension:', 'ms-browser-extension:', 'tauri:']);

/**
 * A URL that means to everyone what it means to us. Refused before parsing: white space, controls, backslashes and
 * non-ASCII, which parsers drop or fold each in its own way; a third slash, which some take for an empty host; user info,
 * which hides the host.
 */
function plainUrl(text: string): URL | null {
  if (!/^(?!https?:\/{3})[a-z][a-z0-9+.-]*:\/\/[^/?#@\\]*([/?#]|$)/i.test(text) || /[^\x21-\x7e]|[\\<>"]/.test(text)) return null;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password ? null : url;
}

/** `host`, `*.host`, `host:port` or `scheme://host[:port]`; what an entry does not name it does not restrict. */
function matches(platform: string, url: URL): boolean {
  if (platform === '*') return true;
  const [, scheme, host, port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(platform) ?? [];
  if (!host || (scheme && url.protocol !== `${scheme}:`)) return false;
  if (port && (url.port || DEFAULT_PORTS[url.protocol]) !== port) return false;
  const hostname = url.hostname.toLowerCase();
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname.length > host.length - 1 : hostname === host;
}

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };
const LOOPBACK = ['127.0.0.1', '[::1]'];

function allows(project: Project, url: URL, ownHost: string): boolean {
  if (WEB.has(url.protocol)) {
    const host = url.hostname.toLowerCase();
    if (host === ownHost || project.platforms.some((platform) => matches(platform, url))) return true;
    // A native app listens on a loopback address (RFC 8252 §7.3); `localhost` stands for all of them.
    return LOOPBACK.includes(host) && project.platforms.includes('localhost');
  }
  const scheme = url.protocol.slice(0, -1);
  return scheme === 'exp' || scheme === `appwrite-callback-${project.id.toLowerCase()}` || project.schemes.some((each) => each.toLowerCase() === scheme);
}

/** @param ownHost the hostname of PUBLIC_URL: our own pages are always at home */
export function allowsOrigin(project: Project, origin: string, ownHost: string): boolean {
  const url = plainUrl(origin);
  return url !== null && allows(project, url, ownHost);
}

/** Where a link in a mail or a redirect may lead. Scripts and data never are. @returns null when it may not */
export function allowedRedirect(project: Project, target: string, ownHost: string): URL | null {
  const url = plainUrl(target);
  return url && allows(project, url, ownHost) ? url : null;
}
