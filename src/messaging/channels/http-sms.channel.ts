import { call } from '../../infra/http/http-client';
import { ChannelError } from './channel';
import type { OutgoingSms, SmsChannel } from './sms';

/** SMS by a plain HTTP gateway: JSON `{"from","to","message"}` with `X-Username` and `X-Key`, as SMS_URL describes it. */
export class HttpSmsChannel implements SmsChannel {
  private readonly url: string;
  private readonly username: string;
  private readonly key: string;

  constructor(configured: string) {
    const { protocol, host, pathname, searchParams, username, password } = new URL(configured);
    searchParams.delete('from');
    const query = searchParams.size ? `?${searchParams.toString()}` : '';
    this.url = `${protocol}//${host}${pathname}${query}`;
    this.username = decodeURIComponent(username);
    this.key = decodeURIComponent(password);
  }

  async send({ to, from, text, messageId }: OutgoingSms): Promise<void> {
    const { status } = await this.post(JSON.stringify({ from, to, message: text }), messageId);
    if (status >= 200 && status < 300) return;
    // 4xx means the gateway will never take this message, but for too many (429) and too slow (408).
    const permanent = status >= 400 && status < 500 && status !== 429 && status !== 408;
    throw new ChannelError(`SMS gateway answered ${status}`, permanent);
  }

  private async post(body: string, messageId: string) {
    const headers = { 'Content-Type': 'application/json', 'X-Username': this.username, 'X-Key': this.key, 'Idempotency-Key': messageId };
    try {
      return await call({ method: 'POST', url: this.url, headers, body });
    } catch (error) {
      throw new ChannelError(`SMS gateway cannot be reached: ${(error as Error).name}`, false);
    }
  }
}
