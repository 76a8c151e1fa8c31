/** Somebody with an account at a provider. */
export interface Person {
  /** Nine digits, so that it is an id both as a number and as text. */
  id: string;
  name: string;
  email: string;
  /** Whether the provider has proven the address. */
  emailVerified: boolean;
}

let born = 100_000_000;

/** Somebody whom no test has met yet. Neither name nor address contains the id, so that the id can be taken out of an answer. */
export function newPerson(traits: Partial<Person> = {}): Person {
  born += 1;
  return { id: String(born), name: 'Ada Lovelace', email: `ada.${born.toString(36)}@example.com`, emailVerified: true, ...traits };
}

export const givenName = ({ name }: Person): string => name.split(' ')[0];

export const familyName = ({ name }: Person): string => name.split(' ').slice(1).join(' ');

/** The name without blanks and capitals, as logins are. */
export const login = ({ name, id }: Person): string => `${name.toLowerCase().replaceAll(' ', '_')}_${Number(id).toString(36)}`;
