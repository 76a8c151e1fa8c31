import { Injectable } from '@nestjs/common';
import type { ErrorType } from '../../contract/errors';
import { call, type Outgoing } from '../../infra/http/http-client';
import { at, text } from './answer';
import type { Answer } from './provider';
import { ProviderFault, type Step } from './provider-fault';

/** Milliseconds that one call to a provider may take. */
const TIMEOUT = 10_000;
/** Parameters that nobody else may know. */
const SECRET = ['code', 'code_verifier', 'client_secret', 'refresh_token', 'access_token'];

export interface Received {
  status: number;
  body: string;
  contentType: string;
}

/** Calls to providers: bounded, never to a private address that the operator did not name, nothing of them in logs. */
@Injectable()
export class Outbound {
  /** @param hosts named in the projects file: these may be private @throws ProviderFault when there is no answer */
  async send(step: Step, request: Omit<Outgoing, 'timeout'>, hosts: ReadonlySet<string>): Promise<Received> {
    const headers = { Accept: 'application/json', 'User-Agent': 'Latchkey', ...request.headers };
    try {
      return await call({ ...request, headers, timeout: TIMEOUT, mayBePrivate: (host) => hosts.has(host) });
    } catch (error) {
      throw new ProviderFault(step, 'user_oauth2_provider_error', `no answer: ${(error as Error).message}`);
    }
  }

  /** The answer as JSON, or as a form where it says so. @throws ProviderFault for an error, in whichever way the provider says it */
  async ask(step: Step, request: Omit<Outgoing, 'timeout'>, hosts: ReadonlySet<string>, form = false): Promise<Answer> {
    const received = await this.send(step, request, hosts);
    const answer = parse(received, form);
    const complaint = withoutSecrets(complaintIn(answer), request);
    if (received.status >= 400) throw new ProviderFault(step, typeOf(received.status), `answered ${received.status}${complaint && `: ${complaint}`}`);
    if (received.status >= 300) throw new ProviderFault(step, 'user_oauth2_provider_error', `answered ${received.status}; redirects are not followed`);
    // Some say it with a 200.
    if (complaint) throw new ProviderFault(step, 'user_oauth2_bad_request', complaint);
    if (typeof answer !== 'object' || answer === null) throw new ProviderFault(step, 'user_oauth2_provider_error', 'the answer is not what was asked for');
    return answer;
  }
}

function parse({ body, contentType }: Received, form: boolean): Answer {
  if (form || contentType.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as Answer;
  } catch {
    return undefined;
  }
}

/** `error` and `error_description` (RFC 6749 section 5.2), or the shapes that some have instead; empty when there is no error. */
function complaintIn(answer: Answer): string {
  const error = text(answer, 'error') || text(answer, 'error', 'status') || text(answer, 'error', 'code') || text(answer, 'error', 'type');
  const refused = at(answer, 'ok') === false;
  if (!error && !refused) return '';
  const description = text(answer, 'error_description') || text(answer, 'error', 'message');
  return [error || 'refused', description].filter(Boolean).join(': ');
}

/** Some repeat in their refusal what they were sent: that goes on to the app's URL and to the trace. */
function withoutSecrets(complaint: string, { url, headers, body = '' }: Omit<Outgoing, 'timeout'>): string {
  const sent = body.startsWith('{') ? new URLSearchParams(JSON.parse(body) as Record<string, string>) : new URLSearchParams(body);
  const { searchParams } = new URL(url);
  const shown = headers?.Authorization?.split(' ')[1] ?? '';
  const secrets = [shown, ...SECRET.flatMap((name) => [...sent.getAll(name), ...searchParams.getAll(name)])].filter((secret) => secret.length > 3);
  return secrets.reduce((said, secret) => said.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…'), complaint);
}

function typeOf(status: number): ErrorType {
  if (status === 400) return 'user_oauth2_bad_request';
  return status === 401 ? 'user_oauth2_unauthorized' : 'user_oauth2_provider_error';
}
