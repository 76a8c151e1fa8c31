import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** A point in time with milliseconds, set by the application (SQLite would drop them). */
export const instant = (name: string, options: ColumnOptions = {}): ColumnOptions => ({ name, type: 'datetime', precision: 3, ...options });

const json: ValueTransformer = {
  to: (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : JSON.parse(value) as unknown),
};

/** A small structure that is read and written whole, as JSON text. */
export const jsonText = (name: string, options: ColumnOptions = {}): ColumnOptions => ({ name, type: 'text', transformer: json, ...options });
