import { Field, Int, type ReturnTypeFunc } from '@nestjs/graphql';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped, visit } from 'graphql';
import { canonicalEmail } from './email-address';
import { parseExactJson } from './exact-json';
import { canonicalPhone } from './phone-number';
import { MAX_QUERIES, MAX_QUERY_LENGTH } from './queries';

/** One parameter of an input class: a JSON Schema for checking and for documents, and the words for a refusal. */
export interface Param {
  key: string;
  optional: boolean;
  schema: Record<string, unknown>;
  /** Ends the sentence "Invalid `key` param: ". */
  rule: string;
  /** Brings an accepted value into its one stored spelling. */
  canonical?: (value: string) => string;
}

export interface ParamOptions {
  optional?: boolean;
  description?: string;
}

const PARAMS = Symbol('params');

/** The parameters of an input class, in order of declaration. Empty for anything else. */
export function paramsOf(type: unknown): readonly Param[] {
  return typeof type === 'function' ? ((type.prototype as { [PARAMS]?: Param[] })?.[PARAMS] ?? []) : [];
}

function param(
  { note, ...definition }: Pick<Param, 'schema' | 'rule' | 'canonical'> & { note?: string },
  { optional = false, ...options }: ParamOptions,
  graphql: ReturnTypeFunc = () => String,
): PropertyDecorator {
  const description = [options.description, note].filter(Boolean).join(' ') || undefined;
  return (target, key) => {
    const owner = target as { [PARAMS]?: Param[] };
    if (!Object.hasOwn(owner, PARAMS)) owner[PARAMS] = [...(owner[PARAMS] ?? [])];
    owner[PARAMS]!.push({ ...definition, schema: { ...definition.schema, description }, key: String(key), optional });
    Field(graphql, { nullable: optional, description })(target, key);
  };
}

const ID = '[A-Za-z0-9][A-Za-z0-9._-]{0,35}';
const ID_RULE = "UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char";

/** An id of the caller's choice, or `unique()` for one of ours. */
export const CustomId = (options: ParamOptions = {}) =>
  param({ schema: { type: 'string', pattern: `^(unique\\(\\)|${ID})$` }, rule: ID_RULE }, options);

/** The id of something that exists. */
export const Uid = (options: ParamOptions = {}) => param({ schema: { type: 'string', pattern: `^${ID}$` }, rule: ID_RULE }, options);

export const Email = (options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'string', format: 'email' },
      rule: 'Value must be a valid email address',
      canonical: (value) => canonicalEmail(value) ?? value,
    },
    options,
  );

/** E.164: `+` and the country's code first. */
export const Phone = (options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'string', format: 'phone' },
      rule: "Phone number must start with a '+' and the country's code, and have at most fifteen digits",
      canonical: (value) => canonicalPhone(value) ?? value,
    },
    options,
  );

export const Flag = (options: ParamOptions = {}) => param({ schema: { type: 'boolean' }, rule: 'Value must be a boolean' }, options, () => Boolean);

/** One of a few words, in any case; kept in the spelling given here. */
export const Choice = <const Word extends string>(words: readonly Word[], options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'string', pattern: `^(${words.map(inAnyCase).join('|')})$` },
      rule: `Value must be one of (${words.join(', ')})`,
      note: `One of ${words.join(', ')}.`,
      canonical: (value) => words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value,
    },
    options,
  );

/** JSON Schema's patterns know no flag for it. */
function inAnyCase(word: string): string {
  return word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

/** Query strings, as the SDKs' Query class writes them. */
export const Queries = (options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'array', maxItems: MAX_QUERIES, items: { type: 'string', maxLength: MAX_QUERY_LENGTH } },
      rule: `Value must be a list of at most ${MAX_QUERIES} query strings of at most ${MAX_QUERY_LENGTH} characters each`,
    },
    { optional: true, ...options },
    () => [String],
  );

/** A list of texts. @param most entries @param max characters of each */
export const TextList = (most: number, max: number, options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'array', maxItems: most, items: { type: 'string', maxLength: max, pattern: '^[^\\u0000]*$' } },
      rule: `Value must be a list of at most ${most} texts of at most ${max} characters each`,
    },
    options,
    () => [String],
  );

/** 8 to 256 bytes: bytes, since that is what a hash is fed. */
export const Password = (options: ParamOptions = {}) =>
  param(
    { schema: { type: 'string', minBytes: 8, maxBytes: 256 }, rule: 'Password must be between 8 and 256 characters long', note: '8 to 256 bytes.' },
    options,
  );

/** @param min characters @param max characters */
export const Text = (min: number, max: number, options: ParamOptions = {}) =>
  param(
    {
      // SQLite ends a text at its first NUL, so that what is stored would not be what was checked.
      schema: { type: 'string', minLength: min, maxLength: max, pattern: '^[^\\u0000]*$' },
      rule: `Value must be a valid string of ${min} to ${max} characters`,
    },
    options,
  );

/** Words that an operator marks users with. */
export const Labels = (options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'array', maxItems: 1_000, items: { type: 'string', pattern: '^[A-Za-z0-9]{1,36}$' } },
      rule: 'Value must be a list of at most 1000 labels of 1 to 36 letters and digits each',
    },
    options,
    () => [String],
  );

/** A point in time with its zone. */
export const Instant = (options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)$' },
      rule: 'Value must be an ISO 8601 time with its zone, such as 2024-02-29T12:00:00.000+00:00',
    },
    options,
  );

export const Url = (options: ParamOptions = {}) =>
  param({ schema: { type: 'string', minLength: 1, maxLength: 2_048 }, rule: 'Value must be a valid URL' }, options);

/** @param min inclusive @param max inclusive */
export const Integer = (min: number, max: number, options: ParamOptions = {}) =>
  param(
    { schema: { type: 'integer', minimum: min, maximum: max }, rule: `Value must be an integer from ${min} to ${max}` },
    options,
    () => Int,
  );

/** A JSON object of at most `maxBytes` UTF-8 bytes of compact JSON. */
export const JsonObject = (maxBytes: number, options: ParamOptions = {}) =>
  param(
    {
      schema: { type: 'object', maxJsonBytes: maxBytes },
      rule: `Value must be a JSON object of at most ${maxBytes} bytes`,
      note: `At most ${maxBytes} bytes of compact JSON.`,
    },
    options,
    () => Assoc,
  );

/** Appwrite's scalar for objects: a JSON string in a document, an object or a JSON string in variables. */
export const Assoc = new GraphQLScalarType<unknown, unknown>({
  name: 'Assoc',
  description: 'A JSON object, or its text',
  serialize: (value) => value,
  parseValue: (value) => (typeof value === 'string' ? parseObject(value) : value),
  parseLiteral: (node, variables) =>
    node.kind === Kind.STRING ? parseObject(node.value) : valueFromASTUntyped(exact(node), variables),
});

/** Numbers of a document are text up to here, and may be more than a double holds. */
function exact<Node extends ValueNode>(node: Node): Node {
  const check = ({ value }: { value: string }) => void parseObject(value);
  visit(node, { IntValue: check, FloatValue: check });
  return node;
}

function parseObject(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw new GraphQLError(error.message, { extensions: { type: 'general_argument_invalid', code: 400 } });
    throw new GraphQLError('Assoc takes a JSON object; this text is not JSON.');
  }
}
