import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultProject, readProjects } from './projects';

const KNOWN = { operations: new Map([['create', 'create'], ['get', 'get'], ['fetch', 'get']]), registration: () => ({ faults: [] }), templates: () => [] };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'latchkey-projects-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function read(content: string | object, environment: Record<string, string> = {}) {
  const path = join(directory, 'projects');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readProjects(path, environment, KNOWN);
}
/** One project of id `app` with these fields. */
const one = (fields: object, environment?: Record<string, string>) => read({ projects: [{ id: 'app', ...fields }] }, environment);
const key = (fields: object) => one({ keys: [{ name: 'server', secret: 'a secret of some length', scopes: ['sessions.write'], ...fields }] });

describe('the projects file', () => {
  it('needs an id and nothing else', () => {
    expect(one({})).toEqual({
      faults: [],
      projects: [
        {
          id: 'app',
          name: 'app',
          platforms: [],
          schemes: [],
          keys: [],
          auth: {
            emailPassword: true,
            magicUrl: true,
            emailOtp: true,
            phone: true,
            anonymous: true,
            jwt: true,
            limit: 0,
            maxSessions: 10,
            sessionDuration: 31_536_000,
            passwordHistory: 0,
            passwordDictionary: false,
            personalDataCheck: false,
            sessionAlerts: false,
            invalidateSessions: true,
            revealAccounts: false,
            mockNumbers: [],
          },
          oauth: {},
          oauthSatisfiesMfa: false,
          limits: {},
          graphql: { introspection: true, maxBatch: 10, maxDepth: 6, maxComplexity: 250 },
          services: { account: true, rest: true, graphql: true },
        },
      ],
    });
  });

  it('is YAML as well as JSON', () => {
    const { projects, faults } = read('projects:\n  - id: app\n    name: The App\n    platforms: [App.Example.com, "*.example.org"]\n    auth:\n      anonymous: false\n');
    expect(faults).toEqual([]);
    expect(projects).toMatchObject([{ id: 'app', name: 'The App', platforms: ['app.example.com', '*.example.org'], auth: { anonymous: false, magicUrl: true } }]);
  });

  it('takes ${NAME} from the environment, anywhere in a text', () => {
    const { projects, faults } = one({ name: 'App of ${WHO}', smtp: { url: 'smtp://${WHO}:${WORD}@mail' } }, { WHO: 'ada', WORD: 'hunter2' });
    expect(faults).toEqual([]);
    expect(projects[0]).toMatchObject({ name: 'App of ada', smtp: { url: 'smtp://ada:hunter2@mail' } });
  });

  it('does not take a name that the environment lacks for nothing', () => {
    const { projects, faults } = one({ name: '${NO_SUCH}' });
    expect(projects).toEqual([]);
    expect(faults).toEqual([{ where: 'projects[0].name', what: 'takes ${NO_SUCH}, which the environment does not have' }]);
  });

  it('keeps of a key only its hash', () => {
    const { projects } = key({});
    expect(projects[0].keys).toEqual([{ name: 'server', hash: sha256('a secret of some length'), scopes: ['sessions.write'], expire: null }]);
    expect(JSON.stringify(projects)).not.toContain('a secret of some length');
  });

  it('takes a key that is hashed already', () => {
    expect(key({ secret: `sha256:${sha256('elsewhere')}` }).projects[0].keys[0].hash).toBe(sha256('elsewhere'));
  });

  it('takes a key’s end', () => {
    expect(key({ expire: '2030-01-01T00:00:00.000Z' }).projects[0].keys[0].expire).toEqual(new Date('2030-01-01T00:00:00.000Z'));
    expect(key({ expire: null }).projects[0].keys[0].expire).toBeNull();
  });

  it('takes limits of operations that exist', () => {
    expect(one({ limits: { create: 5, fetch: 7 } }).projects[0].limits).toEqual({ create: 5, get: 7 });
  });

  it('finds templates from its own folder and has them judged', () => {
    const path = join(directory, 'projects.json');
    writeFileSync(path, JSON.stringify({ projects: [{ id: 'app', templates: './templates/app' }, { id: 'other', templates: '/etc/templates', nmae: 'x' }, { id: 'none' }] }));
    const judged: string[] = [];
    const { faults } = readProjects(path, {}, {
      ...KNOWN,
      templates: (folder) => {
        judged.push(folder);
        return ['recovery/de.json: is not JSON'];
      },
    });
    expect(judged).toEqual([join(directory, 'templates/app'), '/etc/templates']);
    expect(faults).toEqual([
      { where: 'projects[1].nmae', what: 'is not a known field; check its spelling' },
      { where: 'projects[0].templates', what: 'recovery/de.json: is not JSON' },
      { where: 'projects[1].templates', what: 'recovery/de.json: is not JSON' },
    ]);
    expect(one({ templates: 'own' }).projects[0].templates).toBe(join(directory, 'own'));
  });

  it('judges no folder whose name the environment lacks', () => {
    const path = join(directory, 'projects.json');
    writeFileSync(path, JSON.stringify({ projects: [{ id: 'app', templates: './${WHO}' }] }));
    expect(readProjects(path, {}, { ...KNOWN, templates: () => ['cannot be read'] }).faults).toEqual([{ where: 'projects[0].templates', what: 'takes ${WHO}, which the environment does not have' }]);
  });

  describe('refuses', () => {
    const keyAt = (field: string) => `projects[0].keys[0].${field}`;
    it.each([
      ['an unknown field', () => one({ plattforms: [] }), 'projects[0].plattforms', 'is not a known field; check its spelling'],
      ['an unknown field within', () => one({ auth: { magicURL: true } }), 'projects[0].auth.magicURL', 'is not a known field; check its spelling'],
      ['an unknown field at the top', () => read({ projects: [{ id: 'app' }], project: {} }), 'projects file.project', 'is not a known field; check its spelling'],
      ['no id', () => read({ projects: [{ name: 'App' }] }), 'projects[0].id', 'is missing'],
      ['no projects', () => read({}), 'projects file.projects', 'is missing'],
      ['an operation that does not exist', () => one({ limits: { createe: 5 } }), 'projects[0].limits.createe', 'is not an operation; see docs/reference/operations.md'],
      ['a hash that is none', () => key({ secret: `sha256:${'x'.repeat(64)}` }), keyAt('secret'), 'sha256: must be followed by 64 lower-case hex characters'],
      ['a hash in capitals', () => key({ secret: `sha256:${sha256('x').toUpperCase()}` }), keyAt('secret'), 'sha256: must be followed by 64 lower-case hex characters'],
      ['an end that is no date', () => key({ expire: 'soon' }), keyAt('expire'), 'must be an ISO 8601 date or null'],
      ['a scope that does not exist', () => key({ scopes: ['account'] }), keyAt('scopes[0]'), 'must be one of sessions.write, users.read, users.write'],
    ])('%s', (_, reading, where, what) => {
      expect(reading()).toEqual({ projects: [], faults: [{ where, what }] });
    });

    it.each([
      ['an id with a slash', { id: 'a/b' }, 'projects[0].id'],
      ['an id that is too long', { id: 'a'.repeat(37) }, 'projects[0].id'],
      ['a limit of nothing', { limits: { create: 0 } }, 'projects[0].limits.create'],
      ['a text for a number', { auth: { maxSessions: '10' } }, 'projects[0].auth.maxSessions'],
      ['a session of a second', { auth: { sessionDuration: 1 } }, 'projects[0].auth.sessionDuration'],
      ['a mock number with a short code', { auth: { mockNumbers: [{ phone: '+15550100', otp: '12345' }] } }, 'projects[0].auth.mockNumbers[0].otp'],
      ['a platform with a path', { platforms: ['example.com/app'] }, 'projects[0].platforms[0]'],
      ['a key that can be guessed', { keys: [{ name: 'k', secret: 'short', scopes: [] }] }, 'projects[0].keys[0].secret'],
      ['a mail server that is none', { smtp: { url: 'http://mail' } }, 'projects[0].smtp.url'],
    ])('%s', (_, fields, where) => {
      const { projects, faults } = one(fields);
      expect(projects).toEqual([]);
      expect(faults.map((fault) => fault.where)).toEqual([where]);
    });

    it('an id that stands twice', () => {
      const what = 'stands twice; each project needs an id of its own, and case does not tell them apart';
      expect(read({ projects: [{ id: 'app' }, { id: 'other' }, { id: 'app' }, { id: 'OTHER' }] })).toEqual({
        projects: [],
        faults: [{ where: 'projects[2].id', what: `app ${what}` }, { where: 'projects[3].id', what: `OTHER ${what}` }],
      });
    });

    it('all of it at once', () => {
      const { faults } = read({
        projects: [
          { id: 'a/b', nmae: 'x' },
          { auth: { jwt: 'yes' } },
          { id: 'app', limits: { createe: 5 }, keys: [{ name: 'k', secret: 'sha256:not-a-hash', scopes: [], expire: 'soon' }] },
        ],
      });
      expect(faults.map(({ where }) => where).sort()).toEqual([
        'projects[0].id',
        'projects[0].nmae',
        'projects[1].auth.jwt',
        'projects[1].id',
        'projects[2].keys[0].expire',
        'projects[2].keys[0].secret',
        'projects[2].limits.createe',
      ]);
    });

    it.each([[null], [{ id: 'app', keys: [null] }], [{ id: 'app', keys: 'none', limits: null }], ['app'], [[]], {}, 'app', null].map((projects) => JSON.stringify({ projects })))('a file of another shape: %s', (content) => {
      const { projects, faults } = read(content);
      expect(projects).toEqual([]);
      expect(faults).not.toEqual([]);
    });

    it.each(['', '- a list', 'just text', '42'])('a file that holds no projects: %j', (content) => {
      const { projects, faults } = read(content);
      expect(projects).toEqual([]);
      expect(faults).not.toEqual([]);
    });

    it('a file that is neither YAML nor there', () => {
      expect(read('projects: [').faults).toMatchObject([{ where: 'PROJECTS_FILE', what: expect.stringContaining('cannot be read') }]);
      expect(readProjects('/nowhere/projects.yaml', {}, KNOWN).faults).toMatchObject([{ where: 'PROJECTS_FILE', what: expect.stringContaining('/nowhere/projects.yaml cannot be read') }]);
    });
  });
});

describe('the default project', () => {
  it('is at home on this machine, with a key that may do everything', () => {
    const project = defaultProject('lk_secret');
    expect(project).toMatchObject({ id: 'default', platforms: ['localhost', '127.0.0.1'], auth: { emailPassword: true } });
    expect(project.keys).toEqual([{ name: 'default', hash: sha256('lk_secret'), scopes: ['sessions.write', 'users.read', 'users.write'], expire: null }]);
  });
});
