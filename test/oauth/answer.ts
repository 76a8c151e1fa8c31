import type { ServerResponse } from 'node:http';
import type { ErrorShape, Expectation } from './expectation';
import { familyName, givenName, type Person } from './person';
import type { Refused } from './refused';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

/** A token answer: GitHub and Bitly write a form to who does not ask for JSON. */
export function sendTokens(response: ServerResponse, format: 'json' | 'byAccept' | undefined, accept: string | undefined, answer: object): void {
  if (format !== 'byAccept' || accept?.includes('application/json')) return sendJson(response, 200, answer);
  const form = new URLSearchParams(Object.entries(answer).map(([name, value]): [string, string] => [name, String(value)]));
  response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }).end(form.toString());
}

/** A refusal in the provider's own words. */
export function sendRefusal(response: ServerResponse, expectation: Expectation, step: string, { reason, code }: Refused): void {
  if (step === 'authorize') {
    // A request that does not hold together ends on the provider's own page, never at the redirect address.
    response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' }).end(`<h1>Error 400: ${escape(code)}</h1><p>${escape(reason)}</p>`);
    return;
  }
  const own = step.startsWith('user') ? expectation.error?.user : expectation.error?.token;
  const { status, body } = (own ?? rfc6749)(reason, code);
  sendJson(response, status, body);
}

const rfc6749: ErrorShape = (reason, code) => ({
  status: code === 'invalid_client' || code === 'invalid_token' ? 401 : 400,
  body: { error: code, error_description: reason },
});

/** The fields that Apple posts to the callback; `user` comes with the first sign-in only. */
export function formFields(callback: Record<string, string>, person: Person | undefined, first: boolean): Record<string, string> {
  if (!person || !first) return callback;
  return { ...callback, user: JSON.stringify({ name: { firstName: givenName(person), lastName: familyName(person) }, email: person.email }) };
}

export function sendFormPost(response: ServerResponse, action: string, fields: Record<string, string>): void {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><body onload="document.forms[0].submit()"><form method="post" action="${escape(action)}">${inputs.join('')}</form>`);
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
