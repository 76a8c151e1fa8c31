// A form is a call: `data-call` names a method of the SDK's Account, its fields are the parameters.
// What is read here is therefore what an app writes; the rest of this file only shows the answers.

const { Account, AppwriteException, Client } = window.Appwrite;

const page = document.getElementById('demo');
const endpoint = `${location.origin}/v1`;
const { project } = page.dataset;
const newClient = () => new Client().setEndpoint(endpoint).setProject(project);
const client = newClient();
const account = new Account(client);

/** Calls that are no plain method of `account`. */
const OWN = {
  getWithJWT: {
    code: ({ jwt }) => `await new Account(new Client().setJWT('${jwt.slice(0, 12)}…')).get()`,
    run: ({ jwt }) => new Account(newClient().setJWT(jwt)).get(),
  },
  deleteAccount: {
    code: () => `await client.call('DELETE', new URL('${endpoint}/account'), { 'X-Appwrite-Project': '${project}' })`,
    run: () => client.call('DELETE', new URL(`${endpoint}/account`), { 'X-Appwrite-Project': project }),
  },
};

const SIGNS_IN = ['createEmailPasswordSession', 'createAnonymousSession', 'createSession', 'updateMagicURLSession'];
const SIGNS_OUT = ['deleteSessions', 'deleteAccount'];
const CHANGES_ACCOUNT = ['get', 'updateName', 'updateEmail', 'updatePhone', 'updatePrefs', 'updateEmailVerification', 'updatePhoneVerification', 'updateRecovery'];
const SECRET = ['password', 'oldPassword', 'secret'];

let signedIn = page.dataset.signedIn === 'true';
let busy = false;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.dataset.call) return;
  event.preventDefault();
  if (!busy) void press(form);
});

async function press(form) {
  const input = inputOf(form);
  if (!input) return;
  busy = true;
  page.setAttribute('aria-busy', 'true');
  const { call } = form.dataset;
  const began = performance.now();
  try {
    const answer = await (OWN[call] ? OWN[call].run(input) : account[call](input));
    record(call, input, answer, true, performance.now() - began);
    await after(form, call, input, answer);
  } catch (error) {
    const { message, code, type } = error;
    if (!(error instanceof AppwriteException)) console.error(error);
    record(call, input, { message, code, type }, false, performance.now() - began);
  } finally {
    busy = false;
    page.removeAttribute('aria-busy');
  }
}

/** The form's fields as the parameters of its call; null when one is not well-formed. */
function inputOf(form) {
  const input = {};
  for (const field of form.querySelectorAll('[name]')) {
    if (field.type === 'checkbox') input[field.name] = field.checked;
    else if ('json' in field.dataset) input[field.name] = jsonOf(field);
    else if (field.value !== '') input[field.name] = field.value;
  }
  return form.reportValidity() ? input : null;
}

function jsonOf(field) {
  try {
    const value = JSON.parse(field.value);
    field.setCustomValidity(typeof value === 'object' && value !== null && !Array.isArray(value) ? '' : 'A JSON object is needed.');
    return value;
  } catch (error) {
    field.setCustomValidity(`This is not JSON: ${error.message}`);
    return null;
  }
}

document.addEventListener('input', ({ target }) => {
  if ('json' in target.dataset) target.setCustomValidity('');
});

// What follows from an answer

async function after(form, call, input, answer) {
  if (form.closest('#landing')) leaveLanding();
  const next = document.getElementById(form.dataset.then ?? '');
  if (next) {
    next.elements.userId.value = answer.userId;
    next.elements.secret.value = '';
    next.elements.secret.focus();
  }
  if (call === 'createJWT') document.getElementById('jwt').elements.jwt.value = answer.jwt;
  if (call === 'getPrefs') showPrefs(answer);
  if (call === 'listSessions') showSessions(answer.sessions);
  if (call === 'listLogs') showLogs(answer.logs);
  if (call === 'listIdentities') showIdentities(answer.identities);
  if (call === 'updateSession') await reload('listSessions', ({ sessions }) => showSessions(sessions));
  if (call === 'deleteIdentity') await reload('listIdentities', ({ identities }) => showIdentities(identities));

  const ended = SIGNS_OUT.includes(call) || (call === 'deleteSession' && endsOwn(form, input));
  if (call === 'deleteSession' && !ended) await reload('listSessions', ({ sessions }) => showSessions(sessions));
  if (ended) signedIn = false;
  if (SIGNS_IN.includes(call)) signedIn = true;
  if (ended || SIGNS_IN.includes(call)) await showState({ moved: true });
  else if (signedIn && CHANGES_ACCOUNT.includes(call)) await showState();
}

function endsOwn(form, { sessionId }) {
  return sessionId === 'current' || 'current' in form.dataset;
}

async function reload(call, show) {
  show(await account[call]());
}

/** The secret is spent: neither the page nor its address needs it. */
function leaveLanding() {
  document.getElementById('landing').remove();
  history.replaceState(null, '', `/?project=${encodeURIComponent(project)}`);
}

/** @param moved whether other cards show now than before: the keyboard goes with them */
async function showState({ moved = false } = {}) {
  const user = signedIn ? await account.get().catch(() => undefined) : undefined;
  signedIn = user !== undefined;
  document.getElementById('guest').hidden = signedIn;
  document.getElementById('member').hidden = !signedIn;
  if (moved) {
    for (const list of ['sessions', 'logs', 'identities']) document.getElementById(list).replaceChildren();
    for (const form of document.querySelectorAll('#guest form, #member form')) form.reset();
    scrollTo({ top: 0 });
  }
  if (user) showAccount(user);
  if (moved && user) document.getElementById('you').focus();
  if (moved && !user) document.querySelector('#guest input:not([type=hidden])').focus();
}

// Views

/** An element with children; attributes by name, data attributes included. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function showAccount(user) {
  const verified = (address, is) => (address ? `${address} · ${is ? 'verified' : 'not verified'}` : 'none');
  const facts = {
    Id: user.$id,
    Name: user.name || 'none',
    'E-mail address': verified(user.email, user.emailVerification),
    'Phone number': verified(user.phone, user.phoneVerification),
    'Second factor': user.mfa ? 'on' : 'off',
    Registered: time(user.registration),
  };
  document.getElementById('account').replaceChildren(...Object.entries(facts).flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
  document.getElementById('upgrade').hidden = Boolean(user.email || user.phone);
  showPrefs(user.prefs);
}

function showPrefs(prefs) {
  document.getElementById('updatePrefs').elements.prefs.value = JSON.stringify(prefs, null, 2);
}

function showSessions(sessions) {
  const items = sessions.map((session) => {
    const device = [session.clientName, session.osName].filter(Boolean).join(' on ') || 'Unknown device';
    const title = session.current ? `${device} (this one)` : device;
    const about = `${session.provider} · ${session.ip} · until ${time(session.expire)}`;
    const end = button('deleteSession', { sessionId: session.$id }, 'End', `End session: ${title}`);
    if (session.current) end.dataset.current = '';
    return item(title, about, button('updateSession', { sessionId: session.$id }, 'Extend', `Extend session: ${title}`), end);
  });
  document.getElementById('sessions').replaceChildren(list(items, 'No sessions.'));
}

function showIdentities(identities) {
  const items = identities.map(({ $id, provider, providerEmail, providerUid }) =>
    item(provider, providerEmail || providerUid, button('deleteIdentity', { identityId: $id }, 'Unlink', `Unlink ${provider}`)),
  );
  document.getElementById('identities').replaceChildren(list(items, 'No identities.'));
}

function showLogs(logs) {
  const items = logs.map((log) => item(log.event, `${time(log.time)} · ${log.ip} · ${log.clientName || 'unknown client'}`));
  document.getElementById('logs').replaceChildren(list(items, 'Nothing yet.'));
}

function list(items, otherwise) {
  return items.length > 0 ? make('ul', { class: 'rows' }, ...items) : make('p', { class: 'muted' }, otherwise);
}

function item(title, about, ...buttons) {
  return make('li', {}, make('div', {}, make('strong', {}, title), make('span', { class: 'muted' }, about)), ...buttons);
}

/** A form of one button: a call like all others. */
function button(call, input, text, label) {
  const hidden = Object.entries(input).map(([name, value]) => make('input', { type: 'hidden', name, value }));
  return make('form', { 'data-call': call }, ...hidden, make('button', { class: 'quiet', 'aria-label': label }, text));
}

function time(iso) {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

// Calls and their answers, newest first and open

const KEPT = 20;

function record(call, input, answer, ok, took) {
  const outcome = ok ? `Done in ${Math.round(took)} ms` : `Failed: ${answer.type || 'no answer'}`;
  const say = document.getElementById('status');
  say.className = ok ? 'good' : 'bad';
  say.textContent = `${call}. ${outcome}.${ok ? hint(answer) : ` ${answer.message}`}`;

  const calls = document.getElementById('calls');
  for (const details of calls.querySelectorAll('details')) details.open = false;
  const summary = make('summary', {}, make('strong', {}, call), make('span', { class: ok ? 'good' : 'bad' }, outcome));
  const details = make('details', { open: '' }, summary, make('pre', { class: 'call' }, codeOf(call, input)), make('pre', { class: 'answer' }, JSON.stringify(answer, null, 2)));
  calls.prepend(make('li', {}, details));
  while (calls.children.length > KEPT) calls.lastChild.remove();
}

/** The phrase is there to be compared, so it is said. */
function hint(answer) {
  return answer?.phrase ? ` The message has to say: ${answer.phrase}.` : '';
}

function codeOf(call, input) {
  if (OWN[call]) return OWN[call].code(input);
  const lines = Object.entries(input).map(([name, value]) => `  ${name}: ${SECRET.includes(name) ? "'…'" : literal(value)},\n`);
  return `await account.${call}(${lines.length > 0 ? `{\n${lines.join('')}}` : ''})`;
}

function literal(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}

// One address is enough typing: what is entered in one form stands in the others.

document.addEventListener('change', ({ target }) => {
  if (!['email', 'tel'].includes(target.type) || !target.closest('#guest')) return;
  for (const other of document.querySelectorAll(`#guest input[type=${target.type}]`)) other.value = target.value;
});

await showState();
if (document.getElementById('landing')) document.getElementById('landing-title').focus();
