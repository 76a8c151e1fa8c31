import { type Static, Type } from '@sinclair/typebox';
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import { SMS_CAPS } from '../contract/project';
import type { Fault } from './settings';
import { readSmsUrl } from './sms-url';

const strict = { additionalProperties: false };
const cap = (fallback: number) => Type.Integer({ minimum: 1, maximum: 1_000_000_000, default: fallback });

const SmsRouteSchema = Type.Object(
  {
    url: Type.String(),
    /** Digits, without the plus; more digits than the country's code single out a part of it. */
    callingCodes: Type.Array(Type.String({ pattern: '^[1-9]\\d{0,6}$' }), { default: [] }),
    default: Type.Boolean({ default: false }),
  },
  strict,
);

/** A project's own SMS: who sends, where to, and how much. */
export const SmsSchema = Type.Object(
  {
    providers: Type.Array(SmsRouteSchema, { default: [] }),
    countries: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    perRecipientPerHour: cap(SMS_CAPS.perRecipientPerHour),
    perProjectPerHour: cap(SMS_CAPS.perProjectPerHour),
  },
  strict,
);

type Route = Partial<Static<typeof SmsRouteSchema>> | null;

/** What the schema does not say. Takes whatever stands in the file: what has another shape is the schema's to tell. */
export function smsFaults(sms: unknown, where: string): Fault[] {
  const { providers, countries } = (sms ?? {}) as { providers?: unknown; countries?: unknown };
  const routes = (Array.isArray(providers) ? providers : []) as Route[];
  const allowed = (Array.isArray(countries) ? countries : []).filter((each) => typeof each === 'string');
  return [
    ...routes.flatMap((route, index) => routeFaults(route, routes, index, `${where}.providers[${index}]`)),
    ...allowed.flatMap((country, index) => (isSupportedCountry(country) ? [] : [{ where: `${where}.countries[${index}]`, what: 'is not a country; write its two letters of ISO 3166, as GB' }])),
    ...reachFaults(routes, allowed.filter((country): country is CountryCode => isSupportedCountry(country)), where),
  ];
}

function routeFaults(route: Route, routes: Route[], index: number, where: string): Fault[] {
  const faults: Fault[] = [];
  try {
    if (typeof route?.url === 'string') readSmsUrl(route.url);
  } catch (error) {
    faults.push({ where: `${where}.url`, what: (error as Error).message });
  }
  if (!route?.default && !codesOf(route).length) faults.push({ where, what: 'gets no message: give it callingCodes, or make it the default: true' });
  if (route?.default && routes.findIndex((each) => each?.default) < index) faults.push({ where: `${where}.default`, what: 'is true for a second provider; leave it with one' });
  return faults;
}

/** Without a default, a number that no calling code fits would be accepted and never be sent to. */
function reachFaults(routes: Route[], countries: CountryCode[], where: string): Fault[] {
  if (routes.length === 0 || routes.some((route) => route?.default)) return [];
  const codes = routes.flatMap(codesOf);
  const missed = countries.filter((country) => !codes.some((code) => getCountryCallingCode(country).startsWith(code)));
  if (countries.length && !missed.length) return [];
  const beyond = countries.length ? `numbers of ${missed.join(', ')}` : 'numbers with other callingCodes';
  return [{ where: `${where}.providers`, what: `have nobody for ${beyond}; make one provider the default: true, or list in countries only what they reach` }];
}

function codesOf(route: Route): string[] {
  return Array.isArray(route?.callingCodes) ? route.callingCodes.map(String) : [];
}
