import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';

/** What is known of the one who chooses a password. */
export interface Personal {
  id?: string;
  email?: string | null;
  name?: string;
  phone?: string | null;
}

/** Refuses a password that holds what strangers know of the user, when the project asks for it. @throws Failure `user_password_personal_data` */
export function checkPersonalData(project: Project, password: string, { id, email, name, phone }: Personal): void {
  if (!project.auth.personalDataCheck) return;
  const known = [id, email, email?.split('@')[0], name, phone, phone?.slice(1)];
  const typed = password.toLowerCase();
  if (known.some((each) => each && typed.includes(each.toLowerCase()))) throw fail('user_password_personal_data');
}

let common: Set<string> | undefined;

/** Refuses the passwords that everybody tries first, when the project asks for it. @throws Failure `general_argument_invalid` */
export function checkDictionary(project: Project, password: string): void {
  if (!project.auth.passwordDictionary) return;
  common ??= load();
  if (common.has(password.toLowerCase())) throw fail('general_argument_invalid', 'Invalid `password` param: Password is among the most common ones. Choose another.');
}

/** Fifty thousand words: only where a project wants them. */
function load(): Set<string> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the process
  const { dictionary } = require('@zxcvbn-ts/language-common') as { dictionary: { 'passwords-common': string[] } };
  return new Set(dictionary['passwords-common']);
}
