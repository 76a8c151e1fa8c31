import type { Configuration } from './config/preflight';

/** What a person wants to know right after the start. The key is shown once, at the start that made it. */
export function banner({ settings, projects, firstKey }: Configuration, listening: string): string {
  const lines: [string, string][] = [
    ['API', `${settings.publicUrl}/v1`],
    ['listening on', listening],
    ['project', projects.map(({ id }) => id).join(', ')],
  ];
  if (firstKey) lines.push(['API key', `${firstKey}   (kept in ${settings.DATA_DIR}/api-key)`]);
  if (!settings.production) lines.push(['demo', `${settings.publicUrl}/`], ['explorer', `${settings.publicUrl}/docs`], ['mailbox', `${settings.publicUrl}/dev/mailbox`]);
  const width = Math.max(...lines.map(([name]) => name.length));
  return `\n  Latchkey is ready\n\n${lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n\n`;
}
