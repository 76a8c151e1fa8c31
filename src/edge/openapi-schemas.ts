import { Int } from '@nestjs/graphql';
import { attributesOf } from '../contract/model';
import type { Param } from '../contract/params';
import { E164 } from '../contract/phone-number';
import { PreferencesModel } from '../modules/users';

export type Schema = Record<string, unknown>;

export type Model = { name: string; prototype: object };

const ERROR: Schema = {
  type: 'object',
  properties: {
    message: { type: 'string', description: 'For people. Programs read `type`.' },
    code: { type: 'integer', description: 'The HTTP status.' },
    type: { type: 'string' },
    version: { type: 'string', description: 'The version of the server.' },
    requestId: { type: 'string', description: 'Names the request in the server’s log; also in X-Request-Id.' },
  },
  required: ['message', 'code', 'type', 'version', 'requestId'],
};

/** Over REST, where any object can be an answer. */
const PREFERENCES: Schema = { type: 'object', description: 'What the app keeps about the user.', additionalProperties: true };

/** The models that a document mentions. */
export class Schemas {
  readonly all: Record<string, Schema> = { Error: ERROR };

  /** A reference to the model, which joins the document with its first mention. */
  of(model: Model): Schema {
    const name = model.name.replace(/Model$/, '');
    if (!Object.hasOwn(this.all, name)) {
      this.all[name] = {};
      this.all[name] = model === PreferencesModel ? PREFERENCES : this.object(model);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private object(model: Model): Schema {
    const attributes = attributesOf(model);
    const properties = attributes.map(({ key, type, nullable, description }) => {
      const schema = this.value(type());
      return [key, { ...schema, ...(nullable && { type: [schema.type, 'null'] }), ...(description && { description }) }] as const;
    });
    return { type: 'object', properties: Object.fromEntries(properties), required: attributes.map(({ key }) => key) };
  }

  private value(type: unknown): Schema {
    if (Array.isArray(type)) return { type: 'array', items: this.value(type[0]) };
    if (type === String) return { type: 'string' };
    if (type === Boolean) return { type: 'boolean' };
    if (type === Int) return { type: 'integer', format: 'int32' };
    return this.of(type as Model);
  }
}

/** The schema a parameter is checked by, in words that others know too: never stricter than the check. */
export function paramSchema({ schema }: Param): Schema {
  // Standard words count characters, of one to four bytes each: only the most can be said, and the description says the rest.
  const { description, minBytes: _, maxBytes, maxJsonBytes: __, format, ...standard } = schema;
  return {
    ...standard,
    ...(maxBytes !== undefined && { maxLength: maxBytes }),
    ...(format === 'phone' ? { pattern: E164.source } : format !== undefined && { format }),
    ...(description !== undefined && { description }),
  };
}
