import { FakeProvider } from './fake-provider';
import { walk } from './hand-client';
import { newPerson, type Person } from './person';

let fake: FakeProvider;
let person: Person;

beforeAll(async () => {
  fake = await FakeProvider.start();
});

beforeEach(() => {
  person = newPerson();
  fake.signsIn('discord', person);
  fake.signsIn('google', person);
  fake.behaves();
});

afterAll(() => fake.stop());

const ask = (signal?: AbortSignal, redirect: 'manual' | 'follow' = 'manual') => fetch(fake.registration('discord').userUrl, { signal, redirect });

it.each([
  ['http400', 400],
  ['http401', 401],
  ['http500', 500],
] as const)('answers %s', async (kind, status) => {
  fake.misbehaves('discord', 'user', kind);
  await expect(ask()).resolves.toMatchObject({ status });
});

it.each(['garbage', 'empty'] as const)('answers what is not JSON: %s', async (kind) => {
  fake.misbehaves('discord', 'user', kind);
  await expect((await ask()).json()).rejects.toThrow();
});

it('answers ten megabytes', async () => {
  fake.misbehaves('discord', 'user', 'huge');
  expect((await (await ask()).text()).length).toBeGreaterThan(10_000_000);
});

it.each(['hang', 'slow-drip'] as const)('never comes to an end: %s', async (kind) => {
  fake.misbehaves('discord', 'user', kind);
  await expect(ask(AbortSignal.timeout(300)).then((answer) => answer.text())).rejects.toThrow();
});

it('leads astray, and tells who followed', async () => {
  fake.misbehaves('discord', 'user', 'redirect');
  await ask();
  expect(fake.trapped).toEqual([]);
  await ask(undefined, 'follow');
  expect(fake.trapped).toHaveLength(1);
});

it('turns the types around', async () => {
  fake.misbehaves('discord', 'user', 'wrong-type');
  expect((await walk(fake, 'discord')).answers[0].body).toMatchObject({ id: { unexpected: person.id }, verified: [true] });
});

it('leaves out the id, or the address, wherever it stands', async () => {
  fake.misbehaves('discord', 'user', 'no-id');
  expect(JSON.stringify((await walk(fake, 'discord')).answers)).not.toContain(person.id);
  fake.misbehaves('google', 'user', 'no-email');
  const { answers, tokens } = await walk(fake, 'google');
  expect(JSON.stringify(answers)).not.toContain(person.email);
  expect(Buffer.from(String(tokens.id_token).split('.')[1], 'base64url').toString()).not.toContain(person.email);
});
