import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../contract/project';
import { defaultProject, type Known, readProjects } from './projects';
import { type Fault, readSettings, type Settings } from './settings';

/** What a process of the product is made for; what it needs differs. */
export type Role = 'all' | 'api' | 'worker' | 'cli';

export interface Configuration {
  settings: Settings;
  projects: Project[];
  /** The default project's key, when this start made it. */
  firstKey?: string;
}

export class RefusedToStart extends Error {
  constructor(readonly faults: Fault[]) {
    super(['Latchkey does not start. Correct these settings:', ...faults.map(({ where, what }) => `  - ${where}: ${what}`)].join('\n'));
  }
}

const PLACEHOLDERS = /^(change|secret|password|example|your|test|dev)/i;

/**
 * Reads settings and projects and looks for reasons not to start.
 *
 * @param known what the projects file may mention
 * @throws RefusedToStart with every fault, each naming its setting and the fix
 */
export function preflight(environment: Record<string, string | undefined>, role: Role, known: Known): Configuration {
  const { settings, faults } = readSettings(environment);
  const unread = new Set(faults.map(({ where }) => where));
  faults.push(...[...unsafe(settings), ...incomplete(settings, role)].filter(({ where }) => !unread.has(where)));

  let projects: Project[] = [];
  if (settings.PROJECTS_FILE) {
    const file = readProjects(settings.PROJECTS_FILE, environment, known);
    faults.push(...file.faults);
    projects = file.projects;
  }
  if (faults.length) throw new RefusedToStart(faults);

  settings.APP_SECRET ??= kept(settings.DATA_DIR, 'app-secret', () => randomBytes(32).toString('hex')).value;
  if (settings.PROJECTS_FILE) return { settings, projects };
  const key = kept(settings.DATA_DIR, 'api-key', () => `lk_${randomBytes(24).toString('hex')}`);
  return { settings, projects: [defaultProject(key.value)], firstKey: key.made ? key.value : undefined };
}

function unsafe(settings: Settings): Fault[] {
  const faults: Fault[] = [];
  const { APP_SECRET: secret } = settings;
  if (secret !== undefined && Buffer.byteLength(secret) < 32) faults.push({ where: 'APP_SECRET', what: 'is shorter than 32 bytes; take the output of `openssl rand -hex 32`' });
  else if (secret !== undefined && (PLACEHOLDERS.test(secret) || new Set(secret).size < 8)) faults.push({ where: 'APP_SECRET', what: 'looks like a placeholder; take the output of `openssl rand -hex 32`' });
  if (!settings.production) return faults;
  if (secret === undefined) faults.push({ where: 'APP_SECRET', what: 'is required in production; take the output of `openssl rand -hex 32`' });
  if (settings.RATE_LIMITS === 'off') faults.push({ where: 'RATE_LIMITS', what: 'off is refused in production; remove it' });
  if (settings.BCRYPT_COST < 10) faults.push({ where: 'BCRYPT_COST', what: `${settings.BCRYPT_COST} is refused in production; take 10 or more` });
  return faults;
}

/** Settings that work but are seldom meant; said at every start. */
export function warnings(settings: Settings): Fault[] {
  if (!settings.production) return [];
  const said: Fault[] = [];
  if (!settings.PUBLIC_URL) said.push({ where: 'PUBLIC_URL', what: `is unset: links in mails point to ${settings.publicUrl}` });
  else if (!settings.PUBLIC_URL.startsWith('https:')) said.push({ where: 'PUBLIC_URL', what: 'is not https: session cookies travel without Secure' });
  if (!settings.PROJECTS_FILE) said.push({ where: 'PROJECTS_FILE', what: 'is unset: the built-in project, made for development, is in use' });
  if (!settings.SMTP_URL) said.push({ where: 'SMTP_URL', what: 'is unset: operations that send mail answer 503' });
  return said;
}

/** API and worker apart share work through the outside; in one process they need nothing. */
function incomplete(settings: Settings, role: Role): Fault[] {
  if (role !== 'api' && role !== 'worker') return [];
  const faults: Fault[] = [];
  if (!settings.REDIS_URL) faults.push({ where: 'REDIS_URL', what: 'is required when API and worker are processes of their own; or run `npm start` for both in one' });
  if (!settings.DATABASE_URL) faults.push({ where: 'DATABASE_URL', what: 'is required when API and worker are processes of their own; or run `npm start` for both in one' });
  return faults;
}

/** A generated secret lives beside the embedded database, readable by its owner only. */
function kept(directory: string, name: string, make: () => string): { value: string; made: boolean } {
  const path = join(directory, name);
  if (existsSync(path)) return { value: readFileSync(path, 'utf8').trim(), made: false };
  const value = make();
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${value}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(path, 0o600);
  } catch (error) {
    throw new RefusedToStart([{ where: 'DATA_DIR', what: `${directory} cannot be written: ${(error as Error).message}` }]);
  }
  return { value, made: true };
}
