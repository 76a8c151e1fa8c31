import { COMMON_ERRORS, type Operation } from '../../src/contract/operation';
import type { Answer, Transport } from './person';

/** Failures that were answered while this file of tests ran, each as "transport operation type". */
const answered = new Set<string>();

/** A row is a promise: an answer that it does not list is a fault, of the row or of the code. */
export function checkAnswer(operation: Operation, { status, type, body }: Answer, transport: Transport): void {
  if (type === undefined) {
    if (status !== operation.status) throw new Error(`${operation.name} answered ${status}; its row says ${operation.status}`);
    return;
  }
  if (!operation.errors.includes(type as never) && !COMMON_ERRORS.includes(type as never)) {
    throw new Error(`${operation.name} failed with ${type}, which its row does not list: ${JSON.stringify(body)}`);
  }
  answered.add(`${transport} ${operation.name} ${type}`);
}

/** What a row lists and nobody was answered: said without need, or without a test. */
export function neverAnswered({ name, errors }: Operation, transport: Transport): string[] {
  return errors.filter((type) => !answered.has(`${transport} ${name} ${type}`));
}
