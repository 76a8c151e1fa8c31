import type { Command } from 'commander';
import type { Project } from '../../contract/project';
import { Database } from '../../infra/database/database';
import { Standing } from '../../modules/sessions';
import { SecurityLog, type UserEntity, Users } from '../../modules/users';
import { type Get, inProject } from '../in-project';
import { find } from './find';
import { type Options, print, withOptions } from './options';
import { viewOf } from './user-view';

type Act = 'block' | 'unblock';

export function blockCommand(users: Command): void {
  withOptions(users.command('block <who>'))
    .description('block a user: every credential of his is refused from now on')
    .action((who: string, options: Options) => change('block', who, options));
}

export function unblockCommand(users: Command): void {
  withOptions(users.command('unblock <who>'))
    .description('let a blocked user sign in again; the sessions from before the block are gone')
    .action((who: string, options: Options) => change('unblock', who, options));
}

function change(act: Act, who: string, options: Options): Promise<void> {
  return inProject(options.project, async (get, project) => {
    const user = await find(get, project, who);
    // Who is not blocked keeps his sessions.
    const changes = user.status === (act === 'block');
    if (changes) await carryOut(act, get, project, user);
    const view = await viewOf(get, project, user);
    print(view, options, () => `${changes ? `${act}ed` : `nothing to ${act}:`} ${view.$id} ${view.email}`.trimEnd());
  });
}

function carryOut(act: Act, get: Get, project: Project, { id }: UserEntity): Promise<void> {
  return get(Database).transaction(async () => {
    await get(Standing)[act](project, await get(Users).record(project, id));
    await get(SecurityLog).recordOperator(project, id, 'user.update');
  });
}
