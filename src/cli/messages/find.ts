import type { Project } from '../../contract/project';
import type { OutboxEntity } from '../../infra/outbox/outbox.entity';
import { OutboxOverview } from '../../infra/outbox/outbox-overview';
import type { Get } from '../in-project';

/** @throws Error when there is no such message */
export async function find(get: Get, projects: readonly Project[], id: string): Promise<OutboxEntity> {
  const row = await get(OutboxOverview).find(projects.map((project) => project.id), id);
  if (!row) throw new Error(`there is no message ${id}${projects.length === 1 ? ` in project ${projects[0].id}` : ''}; sent ones are kept for seven days, and a user's go with him`);
  return row;
}
