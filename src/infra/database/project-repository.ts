import type { DeepPartial, EntityTarget, FindOptionsOrder, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { Database } from './database';
import type { ProjectRow } from './project-row';

type Where<Row> = Partial<Omit<Row, 'projectId'>>;

/** Reads and writes of one table within one project. No method works without the project's id. */
export abstract class ProjectRepository<Row extends ProjectRow & ObjectLiteral> {
  constructor(
    protected readonly database: Database,
    private readonly entity: EntityTarget<Row>,
  ) {}

  protected one(projectId: string, where: Where<Row>): Promise<Row | null> {
    return this.database.reader.findOneBy(this.entity, criteria(projectId, where));
  }

  protected all(projectId: string, where: Where<Row>, order?: FindOptionsOrder<Row>): Promise<Row[]> {
    return this.database.reader.find(this.entity, { where: criteria(projectId, where), order });
  }

  protected count(projectId: string, where: Where<Row> = {}): Promise<number> {
    return this.database.reader.countBy(this.entity, criteria(projectId, where));
  }

  protected async add(row: Row): Promise<void> {
    // The project's id is part of the row's type, so it cannot be left out here.
    await this.database.writer.insert(this.entity, row);
  }

  /** @returns how many rows were changed: 0 or 1 decides who won a race */
  protected async change(projectId: string, where: Where<Row>, patch: DeepPartial<Row>): Promise<number> {
    const { affected } = await this.database.writer.update(this.entity, criteria(projectId, where), patch);
    return affected ?? 0;
  }

  protected async remove(projectId: string, where: Where<Row>): Promise<number> {
    const { affected } = await this.database.writer.delete(this.entity, criteria(projectId, where));
    return affected ?? 0;
  }
}

/** An undefined value would drop its condition and match other rows: refused. */
function criteria<Row>(projectId: string, where: Where<Row>): FindOptionsWhere<Row> {
  for (const [key, value] of Object.entries({ projectId, ...where })) {
    if (value === undefined || value === null) throw new Error(`a query by ${key} has no value for it`);
  }
  return { ...where, projectId } as unknown as FindOptionsWhere<Row>;
}
