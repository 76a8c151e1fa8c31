import { Between, Equal, type FindOperator, In, IsNull, LessThan, LessThanOrEqual, MoreThan, MoreThanOrEqual, Not, Raw } from 'typeorm';
import { countOf, invalid, type Query } from '../../contract/queries';

/** Attribute as callers name it → property of the row, and what its values are. */
export type Selectable = Readonly<Record<string, { property: string; type: 'text' | 'instant' }>>;

export interface Selection {
  where: Record<string, FindOperator<unknown>[]>;
  order: Record<string, 'ASC' | 'DESC'>;
  take: number;
  skip: number;
  /** An id to start behind or end before. */
  cursor?: { id: string; after: boolean };
}

/** Rows a list has unless told. */
const DEFAULT_LIMIT = 25;
const MOST = 5_000;

/** Makes a list's queries into conditions on known attributes of its own rows. @throws Failure `general_argument_invalid` */
export function selectionOf(queries: readonly Query[], selectable: Selectable): Selection {
  const selection: Selection = { where: {}, order: {}, take: DEFAULT_LIMIT, skip: 0 };
  for (const query of queries) apply(query, selection, selectable);
  return selection;
}

function apply(query: Query, selection: Selection, selectable: Selectable): void {
  const { method, values } = query;
  switch (method) {
    case 'limit':
      selection.take = Math.min(MOST, countOf(query, 1));
      return;
    case 'offset':
      selection.skip = countOf(query, 0);
      return;
    case 'cursorAfter':
    case 'cursorBefore':
      if (typeof values[0] !== 'string' || values.length !== 1) throw invalid(method, 'takes one id');
      selection.cursor = { id: values[0], after: method === 'cursorAfter' };
      return;
  }
  const attribute = query.attribute ?? (typeof values[0] === 'string' && method.startsWith('order') ? values[0] : undefined);
  const known = attribute !== undefined && Object.hasOwn(selectable, attribute) ? selectable[attribute] : undefined;
  if (!known) throw invalid(method, `${attribute ?? 'nothing'} is not an attribute of this list: ${Object.keys(selectable).join(', ')}`);
  if (method === 'orderAsc' || method === 'orderDesc') {
    selection.order[known.property] = method === 'orderAsc' ? 'ASC' : 'DESC';
    return;
  }
  (selection.where[known.property] ??= []).push(condition(method, values.map((value) => typed(value, known.type, method))));
}

function condition(method: string, values: (string | Date)[]): FindOperator<unknown> {
  const [first, second] = values;
  const one = (operator: FindOperator<unknown>) => {
    if (values.length !== 1) throw invalid(method, 'takes one value');
    return operator;
  };
  switch (method) {
    case 'equal':
    case 'contains':
      if (values.length === 0) throw invalid(method, 'takes a value');
      return In(values);
    case 'notEqual':
      return one(Not(Equal(first)));
    case 'lessThan':
      return one(LessThan(first));
    case 'lessThanEqual':
      return one(LessThanOrEqual(first));
    case 'greaterThan':
      return one(MoreThan(first));
    case 'greaterThanEqual':
      return one(MoreThanOrEqual(first));
    case 'startsWith':
      return one(substring(first, (column, length) => `SUBSTR(${column}, 1, ${length})`));
    case 'endsWith':
      return one(substring(first, (column, length) => `SUBSTR(${column}, -${length})`));
    case 'between':
      if (values.length !== 2) throw invalid(method, 'takes two values');
      return Between(first, second);
    case 'isNull':
      return IsNull();
    case 'isNotNull':
      return Not(IsNull());
    default:
      throw invalid(method, 'is not a method of this list');
  }
}

function typed(value: unknown, type: 'text' | 'instant', method: string): string | Date {
  if (typeof value !== 'string') throw invalid(method, 'takes text values');
  if (type === 'text') return value;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) throw invalid(method, 'takes an ISO 8601 time');
  return at;
}

let substrings = 0;

/** Letter by letter on both engines: LIKE has other escapes and another idea of case in SQLite than in MySQL. */
function substring(value: string | Date, part: (column: string, length: number) => string): FindOperator<unknown> {
  const text = String(value);
  if (text === '') return Not(IsNull());
  const name = `substring${(substrings += 1)}`;
  return Raw((column) => `${part(column, [...text].length)} = :${name}`, { [name]: text });
}

