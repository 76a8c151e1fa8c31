// What the answers look like.

/** An element with children; attributes by name, data attributes included. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function showAccount(user) {
  const verified = (address, is) => (address ? `${address} · ${is ? 'verified' : 'not verified'}` : 'none');
  const facts = {
    Id: user.$id,
    Name: user.name || 'none',
    'E-mail address': verified(user.email, user.emailVerification),
    'Phone number': verified(user.phone, user.phoneVerification),
    'Multi-factor authentication': user.mfa ? 'on' : 'off',
    Registered: time(user.registration),
  };
  document.getElementById('account').replaceChildren(...Object.entries(facts).flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
  document.getElementById('upgrade').hidden = Boolean(user.email || user.phone);
  document.getElementById('updateMFA').elements.mfa.checked = user.mfa;
  showPrefs(user.prefs);
}

export function showPrefs(prefs) {
  document.getElementById('updatePrefs').elements.prefs.value = JSON.stringify(prefs, null, 2);
}

export function showSessions(sessions) {
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

export function showIdentities(identities) {
  const items = identities.map(({ $id, provider, providerEmail, providerUid }) =>
    item(provider, providerEmail || providerUid, button('deleteIdentity', { identityId: $id }, 'Unlink', `Unlink ${provider}`)),
  );
  document.getElementById('identities').replaceChildren(list(items, 'No identities.'));
}

export function showLogs(logs) {
  const items = logs.map((log) => item(log.event, `${time(log.time)} · ${log.ip} · ${log.clientName || 'unknown client'}`));
  document.getElementById('logs').replaceChildren(list(items, 'Nothing yet.'));
}

export function list(items, otherwise) {
  return items.length > 0 ? make('ul', { class: 'rows' }, ...items) : make('p', { class: 'muted' }, otherwise);
}

export function item(title, about, ...buttons) {
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
