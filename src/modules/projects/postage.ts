import { Injectable } from '@nestjs/common';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Settings } from '../../config/settings';
import { fail } from '../../contract/errors';
import { type Message, type MessageName, MESSAGES } from '../../contract/messages';
import { type Project, SMS_CAPS } from '../../contract/project';
import { Clock } from '../../infra/clock';
import { Counter, windowLeft } from '../../infra/counters/counter';
import { sha256 } from '../../infra/crypto/secrets';
import { Outbox } from '../../infra/outbox/outbox';
import { Projects } from './projects.service';

/** Mails an hour that one address takes from one project: nobody's mailbox is flooded through us. As many as the most generous operation may send there. */
export const MAILS_PER_RECIPIENT = 60;
/** Seconds. */
const HOUR = 3_600;

type Channel = (typeof MESSAGES)[MessageName]['channel'];
type NameOn<On extends Channel> = { [Name in MessageName]: (typeof MESSAGES)[Name]['channel'] extends On ? Name : never }[MessageName];

/** Leave to send one message to one address. {@link Postage} alone gives it. */
export interface Stamp<On extends Channel> {
  readonly channel: On;
  readonly project: Project;
  readonly to: string;
}

/**
 * What every message that a request causes has to pass: SMS cost money, and whoever may order them at will makes a living
 * of it. Asked for with the address as it was requested, before anybody is looked up or written, so that the answer tells
 * nothing of who has an account.
 */
@Injectable()
export class Postage {
  constructor(
    private readonly projects: Projects,
    private readonly outbox: Outbox,
    private readonly counter: Counter,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @throws Failure `general_rate_limit_exceeded` */
  async mail(project: Project, to: string): Promise<Stamp<'mail'>> {
    await this.count(`${project.id}:mails:to=${sha256(to)}`, MAILS_PER_RECIPIENT);
    return { channel: 'mail', project, to };
  }

  /** @throws Failure `general_argument_invalid` for a country that the project does not send to, `general_rate_limit_exceeded` */
  async sms(project: Project, to: string): Promise<Stamp<'sms'>> {
    // No SMS goes to a mock number.
    if (this.projects.mockCode(project, to) === undefined) {
      const { perRecipientPerHour, perProjectPerHour } = project.sms ?? SMS_CAPS;
      if (!reaches(project.sms?.countries, to)) throw fail('general_argument_invalid', 'SMS is not sent to this country.');
      // In this order: who has used up his own share does not use up the project's.
      await this.count(`${project.id}:sms:to=${sha256(to)}`, perRecipientPerHour);
      await this.count(`${project.id}:sms`, perProjectPerHour);
    }
    return { channel: 'sms', project, to };
  }

  /** Promises the message. Inside the transaction of its effect. @param silent as with the outbox */
  send<On extends Channel, Name extends NameOn<On>>({ project, to }: Stamp<On>, userId: string, message: Pick<Message<Name>, 'name' | 'locale' | 'data'>, options?: { silent: boolean }): Promise<void> {
    return this.outbox.publish(userId, { ...message, projectId: project.id, to }, options);
  }

  private async count(key: string, limit: number): Promise<void> {
    const now = this.clock.now().getTime();
    const { allowed } = await this.counter.hit(key, limit, HOUR, now);
    if (!allowed && this.settings.RATE_LIMITS === 'on') throw Object.assign(fail('general_rate_limit_exceeded'), { retryAfter: windowLeft(now, HOUR) });
  }
}

/** A number that fits no plan has no country; it counts as of those it could be in. */
function reaches(countries: readonly string[] | undefined, phone: string): boolean {
  if (!countries) return true;
  const number = parsePhoneNumberFromString(phone);
  const possible = number?.country ? [number.country] : (number?.getPossibleCountries() ?? []);
  return possible.some((country) => countries.includes(country));
}
