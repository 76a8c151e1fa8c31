import type { Settings } from '../../config/settings';
import type { Project } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Keys } from '../../infra/crypto/keys';
import { Vault } from '../../infra/crypto/vault';
import type { Database } from '../../infra/database/database';
import type { AttemptEntity } from './attempt.entity';
import type { AttemptsRepository } from './attempts.repository';
import { Attempts } from './attempts.service';

const OLD = 'an old secret of thirty-two bytes, long enough';
const NEW = 'a new secret of thirty-two bytes, long enough';
const project = { id: 'default' } as Project;
const beginning = { provider: 'discord', flow: 'session' as const, success: 'http://localhost/in', failure: 'http://localhost/out', userId: null, sessionId: null };

let rows: AttemptEntity[];
let read: number;
beforeEach(() => {
  [rows, read] = [[], 0];
});

function attempts(...[current, ...previous]: string[]): Attempts {
  const keys = new Keys({ APP_SECRET: current, APP_SECRET_PREVIOUS: previous } as unknown as Settings);
  const repository = {
    insert: (row: AttemptEntity) => Promise.resolve(void rows.push(row)),
    find: (projectId: string, id: string) => ((read += 1), Promise.resolve(rows.find((row) => row.projectId === projectId && row.id === id) ?? null)),
  } as unknown as AttemptsRepository;
  const database = { transaction: (work: () => Promise<unknown>) => work() } as unknown as Database;
  return new Attempts(repository, keys, new Vault(keys), new Clock(), database);
}
const nothing = () => Promise.resolve();
const begin = (service = attempts(OLD), bound = true) => service.begin(project, beginning, bound, nothing);

it('a state names its attempt, also after a change of APP_SECRET, and the verifier opens', async () => {
  const { state, secrets } = await begin();
  const later = attempts(NEW, OLD);
  const found = await later.named(project, 'discord', state);
  expect(found).toBe(rows[0]);
  expect(later.verifier(found!)).toBe(secrets.verifier);
  expect(await attempts(NEW).named(project, 'discord', state)).toBeNull();
});

it('a state that is not ours costs no read', async () => {
  const service = attempts(OLD);
  const { state } = await begin(service);
  const [id, signature] = state.split('.');
  for (const other of [undefined, '', id, `${id}.${'0'.repeat(64)}`, `${'0'.repeat(20)}.${signature}`, `${state} `, state.toUpperCase()]) expect(await service.named(project, 'discord', other)).toBeNull();
  expect(await service.named(project, 'github', state)).toBeNull();
  expect(await service.named({ id: 'other' } as Project, 'discord', state)).toBeNull();
  expect(read).toBe(0);
});

it('parts of what is signed do not run into one another', async () => {
  const service = attempts(OLD);
  const { state } = await service.begin({ id: 'a' } as Project, { ...beginning, provider: 'bc' }, true, nothing);
  expect(await service.named({ id: 'ab' } as Project, 'c', state)).toBeNull();
  expect(await service.named({ id: 'a","b' } as Project, 'c', state)).toBeNull();
  expect(read).toBe(0);
});

it('is from the browser that keeps its secret, and from no other', async () => {
  const service = attempts(OLD);
  const { attempt, binding } = await begin(service);
  expect(service.isFrom(attempt, binding!)).toBe(true);
  for (const other of [undefined, '', `${binding!}x`, attempt.browserHash!, (await begin(service)).binding!]) expect(service.isFrom(attempt, other)).toBe(false);
});

it('is from any browser where a server began it', async () => {
  const service = attempts(OLD);
  const { attempt, binding } = await begin(service, false);
  expect([binding, service.isFrom(attempt, undefined)]).toEqual([null, true]);
});

it('keeps neither the verifier nor the browser’s secret readable', async () => {
  const { secrets, binding } = await begin();
  const kept = JSON.stringify(rows);
  expect([kept.includes(secrets.verifier), kept.includes(binding!)]).toEqual([false, false]);
});

it('does not come to be where what has to hold first does not', async () => {
  await expect(attempts(OLD).begin(project, beginning, true, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(rows).toEqual([]);
});
