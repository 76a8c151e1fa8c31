// Calls and their answers, newest first and open.

import { make } from './views.js';

const KEPT = 20;
const SECRET = ['password', 'oldPassword', 'secret', 'otp'];

/** Says how a call went, and keeps it. @param code where it is no plain method of `account` */
export function record({ call, input, code }, answer, ok, took) {
  const outcome = keep({ call, input, code }, answer, ok, took);
  const say = document.getElementById('status');
  say.className = ok ? 'good' : 'bad';
  say.textContent = `${call}. ${outcome}.${ok ? hint(answer) : ` ${answer.message}`}`;
}

/** Without a word: for a call that follows from another. */
export function keep({ call, input, code }, answer, ok, took) {
  const outcome = ok ? `Done in ${Math.round(took)} ms` : `Failed: ${answer.type || 'no answer'}`;
  const calls = document.getElementById('calls');
  for (const details of calls.querySelectorAll('details')) details.open = false;
  const summary = make('summary', {}, make('strong', {}, call), make('span', { class: ok ? 'good' : 'bad' }, outcome));
  const details = make('details', { open: '' }, summary, make('pre', { class: 'call' }, code ?? codeOf(call, input)), make('pre', { class: 'answer' }, JSON.stringify(answer, null, 2)));
  calls.prepend(make('li', {}, details));
  while (calls.children.length > KEPT) calls.lastChild.remove();
  return outcome;
}

/** The phrase is there to be compared, so it is said. */
function hint(answer) {
  return answer?.phrase ? ` The message has to say: ${answer.phrase}.` : '';
}

function codeOf(call, input) {
  const lines = Object.entries(input).map(([name, value]) => `  ${name}: ${SECRET.includes(name) ? "'…'" : literal(value)},\n`);
  return `await account.${call}(${lines.length > 0 ? `{\n${lines.join('')}}` : ''})`;
}

function literal(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}
