import type { SmsRoute } from '../../../contract/project';
import { ChannelError } from '../channel';
import type { OutgoingSms, SmsChannel } from './sms.channel';

type Way = Pick<SmsRoute, 'callingCodes' | 'default'>;

/** Who may send to a number, in the order they are tried: the longest calling code that fits first, the default last. */
export function waysTo<Each extends Way>(ways: readonly Each[], to: string): Each[] {
  const fit = ({ callingCodes }: Way) => Math.max(0, ...callingCodes.filter((code) => to.startsWith(`+${code}`)).map(({ length }) => length));
  const fitting = ways.filter((way) => fit(way) > 0).sort((one, other) => fit(other) - fit(one));
  return [...fitting, ...ways.filter((way) => way.default && !fitting.includes(way))];
}

/** A project's providers as one: where one fails for now, the next that may is tried at once. */
export class RoutedSms implements SmsChannel {
  constructor(private readonly ways: readonly (Way & { channel: SmsChannel })[]) {}

  async send(sms: OutgoingSms): Promise<void> {
    const reasons: string[] = [];
    for (const { channel } of waysTo(this.ways, sms.to)) {
      try {
        return await channel.send(sms);
      } catch (error) {
        // A recipient whom one cannot reach is not reached by another either, and asking costs.
        if (!(error instanceof ChannelError) || error.permanent) throw error;
        reasons.push(error.message);
      }
    }
    throw new ChannelError(reasons.join('; ') || 'no SMS provider of the project takes this number: make one the default', false);
  }
}
