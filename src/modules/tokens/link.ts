import { datetime } from '../../contract/datetime';
import type { TokenEntity } from './token.entity';

/** The app's page with what it needs to confirm; its own query and fragment are kept. */
export function linkTo(page: URL, { userId, expiresAt }: Pick<TokenEntity, 'userId' | 'expiresAt'>, secret: string, more: Record<string, string> = {}): string {
  const link = new URL(page);
  const added = { userId, secret, expire: datetime(expiresAt), ...more };
  for (const [name, value] of Object.entries(added)) link.searchParams.set(name, value);
  return link.toString();
}
