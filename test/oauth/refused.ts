import type { Rule, Rules } from './expectation';

/** Why a provider turned a request down. */
export class Refused extends Error {
  constructor(
    readonly reason: string,
    readonly code = 'invalid_request',
  ) {
    super(reason);
  }
}

export function matches(rule: Rule, value: string): boolean {
  return typeof rule === 'string' ? rule === value : rule.test(value);
}

type Lookup = (name: string) => string | null | undefined;

/** Every rule's value must be there and right. */
export function demand(what: string, rules: Rules, value: Lookup, code?: string): void {
  for (const [name, rule] of Object.entries(rules)) {
    const given = value(name);
    if (given === null || given === undefined || given === '') throw new Refused(`${what} ${name} is missing`, code);
    if (!matches(rule, given)) throw new Refused(`${what} ${name} is "${given}", expected ${String(rule)}`, code);
  }
}

/** What is there must be right. */
export function allow(what: string, rules: Rules, value: Lookup): void {
  for (const [name, rule] of Object.entries(rules)) {
    const given = value(name);
    if (typeof given === 'string' && !matches(rule, given)) throw new Refused(`${what} ${name} is "${given}", expected ${String(rule)}`);
  }
}
