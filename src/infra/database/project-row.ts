import { PrimaryColumn } from 'typeorm';

/** A row that belongs to a tenant. Every table of a tenant's data extends it; the repository adds the project to each query. */
export abstract class ProjectRow {
  @PrimaryColumn({ name: 'project_id', type: 'varchar', length: 36 })
  projectId: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;
}
