/** No quoted local parts, comments, lists or address literals: each has carried mail to a second address somewhere. */
export function isPlainAddress(address: string): boolean {
  return address.length <= 320 && /^[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+@[\p{L}\p{M}\p{N}.-]+$/u.test(address);
}

/** Reads `Name <address>` or an address. */
export function parseMailbox(text: string): { name: string; address: string } | undefined {
  const [, name = '', address = ''] = /^([^<>\p{Cc}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  const found = address === '' ? { name: '', address: text.trim() } : { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
  return isPlainAddress(found.address) ? found : undefined;
}
