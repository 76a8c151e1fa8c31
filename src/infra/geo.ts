import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { type CountryResponse, Reader } from 'maxmind';
import { parseAddress } from './addresses';

export interface Country {
  /** ISO 3166-1 alpha-2 in lower case; `--` when unknown. */
  code: string;
  /** In the language asked for; `Unknown`, in English, when unknown. */
  name: string;
}

/** What this database holds of an address; MaxMind's own hold more. https://github.com/sapics/ip-location-db */
interface Entry {
  country_code: string;
}

const UNKNOWN: Readonly<Country> = Object.freeze({ code: '--', name: 'Unknown' });

@Injectable()
export class Geo {
  private reader?: Reader<CountryResponse>;

  /**
   * The country to which an address is allotted, for a session or log. Takes about 15 µs; the first call reads the
   * database (8 MB, 10 ms). Never throws for an address or a locale, and a locale which is not known reads as English.
   */
  country(ip: string, locale: string): Country {
    const address = parseAddress(ip);
    // Private ranges too are in the database, by mistake: 192.168.1.1 is in Australia.
    if (address?.range() !== 'unicast') return UNKNOWN;
    this.reader ??= open();
    const code = (this.reader.get(address.toString()) as Entry | null)?.country_code;
    return code ? this.named(code, locale) : UNKNOWN;
  }

  /** @param code ISO 3166-1 alpha-2 in either case, or `--` */
  named(code: string, locale: string): Country {
    const name = /^[a-z]{2}$/i.test(code) ? namesIn(locale).of(code.toUpperCase()) : undefined;
    return name ? { code: code.toLowerCase(), name } : UNKNOWN;
  }
}

function open(): Reader<CountryResponse> {
  return new Reader(readFileSync(require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')));
}

/** Made anew each time (5 µs): remembering them by locale would be remembering what clients send. */
function namesIn(locale: string): Intl.DisplayNames {
  try {
    return new Intl.DisplayNames([locale, 'en'], { type: 'region', fallback: 'none' });
  } catch {
    return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  }
}
