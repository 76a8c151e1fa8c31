import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';
import { parse as parseYaml } from 'yaml';
import type { ApiKey, OAuthRegistration, Project } from '../contract/project';
import { KEY_SCOPES } from '../contract/scopes';
import { smsFaults, SmsSchema } from './project-sms';
import type { Fault } from './settings';

const strict = { additionalProperties: false };
const count = (fallback: number, maximum = 1_000_000_000) => Type.Integer({ minimum: 0, maximum, default: fallback });
const on = (fallback: boolean) => Type.Boolean({ default: fallback });
const names = (fallback: string[] = []) => Type.Array(Type.String({ minLength: 1 }), { default: fallback });
/** A hostname; a scheme and a port restrict it further, `*.` takes its sub-domains. */
const PLATFORM = '^\\*$|^([A-Za-z][A-Za-z0-9+.-]*://)?((\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+\\])(:\\d{1,5})?$';

const KeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    secret: Type.String({ minLength: 16 }),
    scopes: Type.Array(Type.Union(KEY_SCOPES.map((scope) => Type.Literal(scope)))),
    expire: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
  },
  strict,
);

const AuthSchema = Type.Object(
  {
    emailPassword: on(true),
    magicUrl: on(true),
    emailOtp: on(true),
    phone: on(true),
    anonymous: on(true),
    jwt: on(true),
    limit: count(0),
    maxSessions: count(10),
    sessionDuration: Type.Integer({ minimum: 60, maximum: 315_360_000, default: 31_536_000 }),
    passwordHistory: count(0, 20),
    passwordDictionary: on(false),
    personalDataCheck: on(false),
    sessionAlerts: on(false),
    invalidateSessions: on(true),
    revealAccounts: on(false),
    mockNumbers: Type.Array(Type.Object({ phone: Type.String({ pattern: '^\\+[1-9]\\d{6,14}$' }), otp: Type.String({ pattern: '^\\d{6}$' }) }, strict), { default: [] }),
  },
  { ...strict, default: {} },
);

const ProjectSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    platforms: Type.Array(Type.String({ pattern: PLATFORM }), { default: [] }),
    schemes: names(),
    keys: Type.Array(KeySchema, { default: [] }),
    auth: AuthSchema,
    oauth: Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$' }), Type.Record(Type.String(), Type.Unknown()), { default: {} }),
    oauthSatisfiesMfa: on(false),
    limits: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), { default: {} }),
    graphql: Type.Object(
      { introspection: on(true), maxBatch: count(10), maxDepth: count(6), maxComplexity: count(250) },
      { ...strict, default: {} },
    ),
    services: Type.Object({ account: on(true), rest: on(true), graphql: on(true) }, { ...strict, default: {} }),
    cookieDomain: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9.-]+$' })),
    templates: Type.Optional(Type.String({ minLength: 1 })),
    smtp: Type.Optional(Type.Object({ url: Type.Optional(Type.String({ pattern: '^smtps?://' })), from: Type.Optional(Type.String()), replyTo: Type.Optional(Type.String()) }, strict)),
    sms: Type.Optional(SmsSchema),
  },
  strict,
);

const FileSchema = Type.Object({ projects: Type.Array(ProjectSchema, { minItems: 1 }) }, strict);

const validate = new Ajv({ allErrors: true, useDefaults: true, allowUnionTypes: true }).compile(FileSchema);

/** What configuration has to know of the rest: whoever reads it brings it along. */
export interface Known {
  /** Names that `limits` may mention, each with its row's. */
  operations: ReadonlyMap<string, string>;
  /** Checks one entry of `oauth` against its provider's card. */
  registration: (name: string, entry: Readonly<Record<string, unknown>>) => { registration?: OAuthRegistration; faults: { field: string; what: string }[] };
  /** Says what is wrong with a folder of `templates`. */
  templates: (folder: string) => string[];
}

const NOTHING: Known = { operations: new Map(), registration: () => ({ faults: [] }), templates: () => [] };

/** What the default project of the embedded default allows. */
export function defaultProject(apiKey: string): Project {
  const file = { projects: [{ id: 'default', name: 'Default', platforms: ['localhost', '127.0.0.1'] }] };
  validate(file);
  const [project] = projectsOf(file as unknown as Static<typeof FileSchema>, NOTHING);
  return { ...project, keys: [{ name: 'default', hash: sha256(apiKey), scopes: KEY_SCOPES, expire: null }] };
}

/**
 * Reads the projects file: YAML or JSON, `${NAME}` taken from the environment.
 * Every fault is listed; with any of them no project is returned.
 *
 * @param known what the file may mention
 */
export function readProjects(path: string, environment: Record<string, string | undefined>, known: Known): { projects: Project[]; faults: Fault[] } {
  const faults: Fault[] = [];
  let file: unknown;
  try {
    file = expand(parseYaml(readFileSync(path, 'utf8')), environment, 'projects file', faults);
  } catch (error) {
    return { projects: [], faults: [{ where: 'PROJECTS_FILE', what: `${path} cannot be read: ${(error as Error).message.split('\n')[0]}` }] };
  }
  const missing = new Set(faults.map(({ where }) => where));
  // Where a variable is missing, that the value is empty is no news.
  if (!validate(file)) faults.push(...faultsOf(validate.errors ?? []).filter(({ where }) => !missing.has(where)));
  faults.push(...conflicts(listed(file), known).filter(({ where }) => !missing.has(where)));
  faults.push(...settleTemplates(listed(file), dirname(path), known).filter(({ where }) => !missing.has(where)));
  return { projects: faults.length ? [] : projectsOf(file as Static<typeof FileSchema>, known), faults };
}

type Listed = (Partial<Static<typeof ProjectSchema>> | null)[];

function listed(file: unknown): Listed {
  const projects = (file as { projects?: unknown } | null)?.projects;
  return (Array.isArray(projects) ? projects : []) as Listed;
}

/** What no schema says. Looks at whatever has the right shape, so that all faults of a file are told at once. */
function conflicts(projects: Listed, known: Known): Fault[] {
  // In lower case, as the names of session cookies are made.
  const ids = projects.map((project) => String(project?.id ?? '').toLowerCase());
  return projects.flatMap((project, index) => {
    const where = `projects[${index}]`;
    const strangers = Object.keys(project?.limits ?? {}).filter((name) => !known.operations.has(name));
    return [
      ...(ids[index] && ids.indexOf(ids[index]) < index ? [{ where: `${where}.id`, what: `${project!.id} stands twice; each project needs an id of its own, and case does not tell them apart` }] : []),
      ...strangers.map((name) => ({ where: `${where}.limits.${name}`, what: 'is not an operation; see docs/reference/operations.md' })),
      ...Object.entries(project?.oauth ?? {}).flatMap(([name, entry]) => registrationFaults(known, name, entry, `${where}.oauth.${name}`)),
      ...(Array.isArray(project?.keys) ? project.keys : []).flatMap((key, position) => keyFaults(key, `${where}.keys[${position}]`)),
      ...smsFaults(project?.sms, `${where}.sms`),
    ];
  });
}

function registrationFaults(known: Known, name: string, entry: unknown, where: string): Fault[] {
  if (typeof entry !== 'object' || entry === null) return [];
  return known.registration(name, entry as Record<string, unknown>).faults.map(({ field, what }) => ({ where: field ? `${where}.${field}` : where, what }));
}

/** Folders of templates are named from where the file lies, not from where the process was started. */
function settleTemplates(projects: Listed, home: string, { templates }: Known): Fault[] {
  return projects.flatMap((project, index) => {
    if (!project || typeof project.templates !== 'string' || project.templates === '') return [];
    project.templates = resolve(home, project.templates);
    return templates(project.templates).map((what) => ({ where: `projects[${index}].templates`, what }));
  });
}

function keyFaults(key: Partial<Static<typeof KeySchema>> | null, where: string): Fault[] {
  const { secret, expire } = key ?? {};
  const faults: Fault[] = [];
  if (String(secret).startsWith('sha256:') && !/^sha256:[0-9a-f]{64}$/.test(String(secret))) faults.push({ where: `${where}.secret`, what: 'sha256: must be followed by 64 lower-case hex characters' });
  if (typeof expire === 'string' && Number.isNaN(Date.parse(expire))) faults.push({ where: `${where}.expire`, what: 'must be an ISO 8601 date or null' });
  return faults;
}

function projectsOf(file: Static<typeof FileSchema>, { operations, registration }: Known): Project[] {
  return file.projects.map(({ name, keys, platforms, limits, oauth, ...rest }) => ({
    ...rest,
    oauth: Object.fromEntries(Object.entries(oauth).map(([provider, entry]) => [provider, registration(provider, entry).registration!])),
    limits: Object.fromEntries(Object.entries(limits).map(([spelling, count]) => [operations.get(spelling) ?? spelling, count])),
    name: name ?? rest.id,
    platforms: platforms.map((platform) => platform.toLowerCase()),
    keys: keys.map(apiKey),
  }));
}

function apiKey({ name, secret, scopes, expire }: Static<typeof KeySchema>): ApiKey {
  const hash = secret.startsWith('sha256:') ? secret.slice('sha256:'.length) : sha256(secret);
  return { name, scopes, hash, expire: expire ? new Date(expire) : null };
}

/** Replaces `${NAME}` everywhere in the file's strings; a name the environment lacks is a fault, not an empty string. */
function expand(value: unknown, environment: Record<string, string | undefined>, where: string, faults: Fault[]): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      if (environment[name] === undefined) faults.push({ where, what: `takes \${${name}}, which the environment does not have` });
      return environment[name] ?? '';
    });
  }
  if (Array.isArray(value)) return value.map((each, index) => expand(each, environment, `${where}[${index}]`, faults));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each, environment, where === 'projects file' ? key : `${where}.${key}`, faults)]));
}

function faultsOf(errors: ErrorObject[]): Fault[] {
  return errors
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'const')
    .concat(errors.filter(({ keyword }) => keyword === 'anyOf'))
    .map(({ instancePath, keyword, message, params }) => {
      const place = instancePath.slice(1).replace(/\/(\d+)/g, '[$1]').replace(/\//g, '.') || 'projects file';
      if (keyword === 'additionalProperties') return { where: `${place}.${params.additionalProperty}`, what: 'is not a known field; check its spelling' };
      if (keyword === 'required') return { where: `${place}.${params.missingProperty}`, what: 'is missing' };
      if (keyword === 'anyOf') return { where: place, what: place.includes('.scopes') ? `must be one of ${KEY_SCOPES.join(', ')}` : 'has none of the forms allowed' };
      return { where: place, what: message ?? keyword };
    });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
