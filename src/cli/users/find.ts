import { canonicalEmail } from '../../contract/email-address';
import { canonicalPhone } from '../../contract/phone-number';
import type { Project } from '../../contract/project';
import { type UserEntity, Users } from '../../modules/users';
import { WrongUsage } from '../exit-code';
import type { Get } from '../in-project';

/** @param who an id, an e-mail address or a number with its plus: no text is two of them @throws Error when there is no such user */
export async function find(get: Get, project: Project, who: string): Promise<UserEntity> {
  const found = await search(get(Users), project, who);
  if (!found) throw new Error(`project ${project.id} has no user ${who}`);
  return found;
}

function search(users: Users, project: Project, who: string): Promise<UserEntity | null> {
  if (who.includes('@')) return users.findByEmail(project.id, meant(canonicalEmail(who), who, 'e-mail address'));
  if (who.startsWith('+')) return users.findByPhone(project.id, meant(canonicalPhone(who), who, 'phone number'));
  return users.find(project.id, who);
}

function meant(canonical: string | null, who: string, kind: string): string {
  if (canonical === null) throw new WrongUsage(`${who} is not a plain ${kind}`);
  return canonical;
}
