import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { Ajv, type ValidateFunction } from 'ajv';
import { canonicalEmail } from '../contract/email-address';
import { fail } from '../contract/errors';
import { RestInput } from '../contract/input';
import { type Param, paramsOf } from '../contract/params';
import { canonicalPhone } from '../contract/phone-number';

/** Strict about types: a string is never a number, and nothing but a string is a string (CVE-2026-30941, CVE-2025-60542). */
const ajv = new Ajv({ coerceTypes: false, strict: false });
ajv.addFormat('email', (text) => canonicalEmail(text) !== null);
ajv.addFormat('phone', (text) => canonicalPhone(text) !== null);
ajv.addKeyword({ keyword: 'minBytes', type: 'string', validate: (least: number, text: string) => Buffer.byteLength(text) >= least });
ajv.addKeyword({ keyword: 'maxBytes', type: 'string', validate: (most: number, text: string) => text.length <= most && Buffer.byteLength(text) <= most });
ajv.addKeyword({ keyword: 'maxJsonBytes', type: 'object', validate: (most: number, object: object) => jsonBytes(object) <= most });

/** Nesting too deep to be written is too large for any limit. */
function jsonBytes(object: object): number {
  try {
    return Buffer.byteLength(JSON.stringify(object));
  } catch {
    return Infinity;
  }
}

type Check = Param & { passes: ValidateFunction };

/**
 * Turns what a caller sent into an input object: declared parameters only, checked against their schemas, addresses in
 * their canonical spelling. Unknown keys are left behind here and never reach a row (CVE-2026-27946).
 */
@Injectable()
export class ValidateInput implements PipeTransform {
  private readonly compiled = new Map<unknown, Check[]>();

  /** @throws Failure `general_argument_invalid`, naming the first parameter at fault */
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    const checks = this.checks(metatype);
    if (checks.length === 0) return value;
    const input: Record<string, unknown> = {};
    for (const check of checks) {
      const given = value instanceof RestInput ? value.take(check.key) : own(value, check.key);
      const accepted = accept(check, given);
      if (accepted !== undefined) input[check.key] = accepted;
    }
    return input;
  }

  private checks(type: unknown): Check[] {
    let checks = this.compiled.get(type);
    if (!checks) {
      checks = paramsOf(type).map((param) => ({ ...param, passes: ajv.compile(param.schema) }));
      this.compiled.set(type, checks);
    }
    return checks;
  }
}

function accept({ key, optional, rule, canonical, passes }: Check, value: unknown): unknown {
  if (value === undefined || value === null) {
    if (optional) return undefined;
    throw fail('general_argument_invalid', `Param "${key}" is not optional.`);
  }
  if (!passes(value)) throw fail('general_argument_invalid', `Invalid \`${key}\` param: ${rule}`);
  return canonical ? canonical(value as string) : value;
}

function own(source: unknown, key: string): unknown {
  return typeof source === 'object' && source !== null && Object.hasOwn(source, key) ? (source as Record<string, unknown>)[key] : undefined;
}
