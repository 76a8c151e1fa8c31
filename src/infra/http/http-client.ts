import { lookup as resolve, type LookupAddress } from 'node:dns';
import { type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../addresses';

/** Bytes of an answer that are read at most. */
const LARGEST = 256 * 1_024;

export interface Outgoing {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds for the whole exchange. */
  timeout?: number;
  /** Hosts (with their port, where one is named) that may have a private address. All, unless told: most URLs are the operator's own. */
  mayBePrivate?: (host: string) => boolean;
}

export interface Incoming {
  status: number;
  body: string;
  /** In lower case; empty when there is none. */
  contentType: string;
}

/**
 * Calls out: bounded in time and size, no redirects followed, nothing of them logged here. Node's own client, since it
 * lets the address be judged that is then connected to: a name judged first and resolved again may mean another host by
 * then (DNS rebinding, CVE-2026-55671).
 *
 * @throws Error that holds neither URL nor body
 */
export function call({ method, url, headers, body, timeout = 10_000, mayBePrivate = () => true }: Outgoing): Promise<Incoming> {
  const target = new URL(url);
  const strict = !mayBePrivate(target.host);
  const literal = target.hostname.replace(/^\[|\]$/g, '');
  if (strict && isIP(literal) && !isPublicAddress(literal)) return Promise.reject(new Error('the address is private'));

  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = { method, headers: { ...headers, ...length }, ...(strict && { lookup: publicOnly }) };
  return new Promise((resolved, rejected) => {
    const request = (target.protocol === 'https:' ? overHttps : overHttp)(target, options, (response) => {
      read(response).then(
        (text) => resolved({ status: response.statusCode ?? 0, body: text, contentType: (response.headers['content-type'] ?? '').toLowerCase() }),
        rejected,
      );
    });
    // Of the whole exchange: a server that answers a byte at a time resets the socket's own for ever.
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeout} ms`)), timeout);
    request.on('close', () => clearTimeout(timer));
    request.on('error', (error: NodeJS.ErrnoException) => rejected(new Error(error.code ?? error.message)));
    request.end(body);
  });
}

/** As the system resolves, less the addresses of our own network. */
const publicOnly: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '');
    const open = found.filter(({ address }) => isPublicAddress(address));
    if (open.length === 0) return done(new Error('the address is private'), '');
    if (options.all) return done(null, open);
    done(null, open[0].address, open[0].family);
  });
};

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LARGEST) {
      response.destroy();
      throw new Error(`the answer is larger than ${LARGEST} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
