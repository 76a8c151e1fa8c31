import { COMMON_ERRORS, type Operation } from '../../src/contract/operation';
import type { Answer } from './person';

/** A row is a promise: an answer that it does not list is a fault, of the row or of the code. */
export function checkAnswer(operation: Operation, { status, type, body }: Answer): void {
  if (type === undefined) {
    if (status !== operation.status) throw new Error(`${operation.name} answered ${status}; its row says ${operation.status}`);
    return;
  }
  if (!operation.errors.includes(type as never) && !COMMON_ERRORS.includes(type as never)) {
    throw new Error(`${operation.name} failed with ${type}, which its row does not list: ${JSON.stringify(body)}`);
  }
}
