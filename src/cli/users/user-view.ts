import type { Project } from '../../contract/project';
import { passwordOf, type UserEntity, UserModel, Users } from '../../modules/users';
import type { Get } from '../in-project';

/** A user as an operator sees him: as he sees himself, and how his password is hashed. */
export type UserView = UserModel & { hash: string };

export async function viewOf(get: Get, project: Project, user: UserEntity): Promise<UserView> {
  const record = await get(Users).record(project, user.id);
  return { ...UserModel.of(record), hash: passwordOf(user)?.algorithm ?? '' };
}

export function describe(user: UserView): string {
  const verified = (address: string, proved: boolean) => (address ? `${address}${proved ? ' (verified)' : ' (not verified)'}` : '–');
  const lines: [string, string][] = [
    ['id', user.$id],
    ['name', user.name || '–'],
    ['e-mail', verified(user.email, user.emailVerification)],
    ['phone', verified(user.phone, user.phoneVerification)],
    ['status', user.status ? 'active' : 'blocked'],
    ['labels', user.labels.join(', ') || '–'],
    ['password', user.hash ? `${user.hash}, set ${user.passwordUpdate}` : '–'],
    ['second factor', user.mfa ? 'on' : 'off'],
    ['registered', user.registration],
    ['last seen', user.accessedAt],
  ];
  return lines.map(([name, value]) => `${name.padEnd(14)} ${value}`).join('\n');
}
