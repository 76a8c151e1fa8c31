import { direction, fallbacks } from './locales';

export type Strings = Readonly<Record<string, string>>;

interface Spoken<Said> {
  lang: string;
  dir: 'ltr' | 'rtl';
  words: Record<string, Said>;
}

/** Words by locale, string by string from the best file that has it; compiled when a reader first needs them. */
export class Wording<Said> {
  /** Keyed by the files that exist, so no caller's locale can make it grow. */
  private readonly spoken = new Map<string, Spoken<Said>>();

  constructor(
    private readonly strings: ReadonlyMap<string, Strings>,
    private readonly compile: (source: string, key: string, code: string) => Said,
  ) {}

  in(locale: string): Spoken<Said> {
    const files = fallbacks(locale).filter((code) => this.strings.has(code));
    const known = this.spoken.get(files.join());
    if (known) return known;
    const sources = Object.assign({}, ...files.map((file) => this.strings.get(file)).reverse()) as Strings;
    const lang = Intl.getCanonicalLocales(files[0])[0];
    const words = Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, this.compile(source, key, files[0])]));
    const spoken = { lang, dir: direction(lang), words };
    this.spoken.set(files.join(), spoken);
    return spoken;
  }
}
