/**
 * The hosts that an operator names for a provider, ports included: where a URL or a domain stands in the projects file,
 * he means that very host, private or not. Whatever a discovery document points to he has not named.
 */
export function hostsOf(values: Readonly<Record<string, string>>): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const [field, value] of Object.entries(values)) {
    if (/^https?:\/\//i.test(value) && URL.canParse(value)) hosts.add(new URL(value).host);
    else if (field === 'domain') hosts.add(value.toLowerCase());
  }
  return hosts;
}
