import { QueryFailedError } from 'typeorm';

const DUPLICATE = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** The engine asks for another try: deadlock, lock wait; on SQLite a command's process that wrote in between. */
const CONFLICT = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);

function code(error: unknown): string | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
}

/** True when a row with the same key exists already: the index, not a check before it, is what keeps rows unique. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE.has(code(error) ?? '');
}

export function isConflict(error: unknown): boolean {
  return CONFLICT.has(code(error) ?? '');
}
