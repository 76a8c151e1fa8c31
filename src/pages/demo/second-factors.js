// Second factors: what is shown of them, and the question for one.

import { item, list, make } from './views.js';

const { qrcode } = window;

const SVG = 'http://www.w3.org/2000/svg';
/** Modules of white around the code, as its standard asks. */
const QUIET = 4;

const FACTORS = {
  totp: { name: 'Authenticator app', where: 'The app shows a code of six digits. Each works once: for another, wait for the next.' },
  email: { name: 'Code by e-mail', where: 'The code is in the mail that went out to you.' },
  phone: { name: 'Code by SMS', where: 'The code is in the SMS that went out to you.' },
  recoveryCode: { name: 'Recovery code', where: 'Any of the codes that you kept. It works once.' },
};

/** The secret leaves this page for nowhere: the code is drawn here. */
export function showAuthenticator({ secret, uri }) {
  const typed = make('p', {}, 'Scan it with an authenticator app, or type in: ', make('code', { id: 'authenticator-secret' }, secret));
  document.getElementById('authenticator').replaceChildren(drawn(uri), typed);
  document.getElementById('updateMFAAuthenticator').elements.otp.focus();
}

export function forgetAuthenticator() {
  document.getElementById('authenticator').replaceChildren();
}

/** Dark on light in a dark theme, too: not every app reads the reverse. */
function drawn(text) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const dark = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) if (code.isDark(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  }
  const size = count + 2 * QUIET;
  return svg(
    'svg',
    { class: 'qr', role: 'img', 'aria-label': 'QR code for your authenticator app', viewBox: `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges' },
    svg('path', { fill: '#fff', d: `M0 0h${size}v${size}h-${size}z` }),
    svg('path', { fill: '#000', d: dark.join('') }),
  );
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function showRecoveryCodes({ recoveryCodes }) {
  const codes = recoveryCodes.map((code) => make('li', {}, make('code', {}, code)));
  document.getElementById('recovery-codes').replaceChildren(make('p', {}, 'Keep them where the phone is not:'), make('ul', {}, ...codes));
}

export function showFactors(held) {
  const items = Object.entries(FACTORS).map(([factor, { name }]) => item(name, held[factor] ? 'can be asked for' : 'not there'));
  document.getElementById('factors').replaceChildren(list(items, ''));
}

// The question

const gate = document.getElementById('gate');
const ask = document.getElementById('createMFAChallenge');
const answer = document.getElementById('updateMFAChallenge');

/**
 * @param why the refusal's message
 * @param held the answer of `listMFAFactors`
 * @param shut whether nothing else works before it is answered
 */
export function openGate(why, held, shut) {
  const factors = Object.keys(FACTORS).filter((factor) => held[factor]);
  ask.elements.factor.replaceChildren(...factors.map((factor) => make('option', { value: factor }, FACTORS[factor].name)));
  const nothing = ' There is no factor to ask for: add an authenticator app, or verify an address.';
  document.getElementById('gate-why').textContent = factors.length > 0 ? why : why + nothing;
  ask.hidden = factors.length === 0;
  answer.hidden = true;
  document.getElementById('gate-leave').hidden = !shut;
  document.getElementById('gate-close').hidden = shut;
  gate.hidden = false;
  scrollTo({ top: 0 });
  document.getElementById('gate-title').focus();
}

/** @param challenge the answer of `createMFAChallenge` */
export function awaitCode(factor, challenge) {
  document.getElementById('gate-why').textContent = FACTORS[factor].where;
  answer.hidden = false;
  answer.reset();
  answer.elements.challengeId.value = challenge.$id;
  answer.elements.otp.focus();
}

export function closeGate() {
  gate.hidden = true;
  answer.reset();
}
