/** Where a reader goes on reading when a locale has no words: to these first, then to the locale's own language. */
const RELATIVES: Readonly<Record<string, string>> = {
  zh: 'zh-cn',
  'zh-hans': 'zh-cn',
  'zh-hant': 'zh-tw',
  'zh-hk': 'zh-tw',
  'zh-mo': 'zh-tw',
  yue: 'zh-tw',
  pt: 'pt-br',
  gsw: 'de',
  // The code that Java and old Androids still send.
  iw: 'he',
};

const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'];

/** Region → language → a close relative → English. */
export function fallbacks(locale: string): string[] {
  const chain = new Set<string>();
  let code = locale.slice(0, 35).toLowerCase().replaceAll('_', '-');
  while (code !== '' && !chain.has(code)) {
    chain.add(code);
    code = Object.hasOwn(RELATIVES, code) ? RELATIVES[code] : code.slice(0, Math.max(0, code.lastIndexOf('-')));
  }
  return [...chain.add('en')];
}

export function direction(lang: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(new Intl.Locale(lang).maximize().script ?? 'Latn') ? 'rtl' : 'ltr';
}
