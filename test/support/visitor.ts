import { accountOperations } from '../../src/modules/account';
import { tokenOperations } from '../../src/modules/tokens';
import { verificationOperations } from '../../src/modules/verification';
import type { TestApp } from './app';
import { Person } from './person';

interface Server {
  url: string;
}

/** Somebody at a server that is a process of its own: over REST, since its schema is not at hand. */
export function visitor(server: Server): Person {
  return new Person({ url: server.url } as TestApp, 'rest');
}

/** Somebody who has asked for a code by mail, and how long he waited for the answer. */
export async function asksForCode(server: Server, project?: string): Promise<{ email: string; took: number }> {
  const person = new Person({ url: server.url } as TestApp, 'rest', { project });
  const start = performance.now();
  await person.must(tokenOperations.createEmailToken, { userId: 'unique()', email: person.email });
  return { email: person.email, took: performance.now() - start };
}

/** The same person with the same browser at another server. */
export function at(server: Server, { email, password, name, userId, cookies }: Person): Person {
  return Object.assign(visitor(server), { email, password, name, userId, cookies });
}

/** Somebody who was promised a mail: the server has answered, so the promise is committed. */
export async function promisedMail(server: Server): Promise<Person> {
  const person = await (await visitor(server).signUp()).signIn();
  await person.must(verificationOperations.createEmailVerification, { url: 'http://localhost/verified' });
  return person;
}

/** The link of his mail works. */
export async function confirms(server: Server, person: Person, { userId, secret }: { userId: string; secret: string }): Promise<void> {
  await at(server, person).must(verificationOperations.updateEmailVerification, { userId, secret });
  const { body } = await at(server, person).must(accountOperations.get);
  if (body.emailVerification !== true) throw new Error(`${person.email} is not verified`);
}
