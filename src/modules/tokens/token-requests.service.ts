import { Injectable } from '@nestjs/common';
import type { Caller } from '../../contract/caller';
import { datetime } from '../../contract/datetime';
import { fail, Failure } from '../../contract/errors';
import type { Operation } from '../../contract/operation';
import type { Project } from '../../contract/project';
import { Database } from '../../infra/database/database';
import { Devices } from '../../infra/devices';
import { Settings } from '../../config/settings';
import { Postage, Projects, type Stamp } from '../projects';
import { SecurityLog, Users } from '../users';
import { linkTo } from './link';
import { securityPhrase } from './phrase';
import { TokenModel } from './token.model';
import type { EmailTokenInput, MagicUrlTokenInput, PhoneTokenInput } from './tokens.input';
import { op } from './tokens.operations';
import { Tokens } from './tokens.service';

/** Who a secret goes to. Found, or made on the way. */
interface Addressee {
  id: string;
  name: string;
  /** False: blocked. He gets no message, and the answer is as for anybody. */
  status: boolean;
}

type Address = { email: string } | { phone: string };

/** The page of ours on which a magic link lands when the app names none. */
export const MAGIC_URL_PAGE = '/auth/magic-url';

/** Secrets that open a session, sent to an address. An unknown address becomes a user. */
@Injectable()
export class TokenRequests {
  constructor(
    private readonly projects: Projects,
    private readonly users: Users,
    private readonly tokens: Tokens,
    private readonly postage: Postage,
    private readonly securityLog: SecurityLog,
    private readonly devices: Devices,
    private readonly settings: Settings,
    private readonly database: Database,
  ) {}

  createEmail(caller: Caller, { userId, email, phrase }: EmailTokenInput): Promise<TokenModel> {
    return this.byMail(caller, { userId, email }, op.createEmailToken, async (user, stamp) => {
      const words = phrase ? securityPhrase() : '';
      const { token, secret } = await this.tokens.issue(caller.project.id, user.id, 'email-otp', email);
      const data = { ...this.about(caller, user, words), otp: secret, expire: datetime(token.expiresAt) };
      await this.postage.send(stamp, user.id, { name: 'emailOtp', locale: caller.locale, data }, { silent: !user.status });
      return TokenModel.of(token, caller, { secret, phrase: words });
    });
  }

  createMagicUrl(caller: Caller, { userId, email, url, phrase }: MagicUrlTokenInput): Promise<TokenModel> {
    const { project } = caller;
    const page = url === undefined ? new URL(MAGIC_URL_PAGE, this.settings.publicUrl) : this.projects.redirect(project, url, 'url');
    return this.byMail(caller, { userId, email }, op.createMagicURLToken, async (user, stamp) => {
      const words = phrase ? securityPhrase() : '';
      const { token, secret } = await this.tokens.issue(project.id, user.id, 'magic-url', email);
      const redirect = linkTo(page, token, secret, { project: project.id });
      const data = { ...this.about(caller, user, words), redirect, expire: datetime(token.expiresAt) };
      await this.postage.send(stamp, user.id, { name: 'magicUrl', locale: caller.locale, data }, { silent: !user.status });
      return TokenModel.of(token, caller, { secret, phrase: words });
    });
  }

  async createPhone(caller: Caller, { userId, phone }: PhoneTokenInput): Promise<TokenModel> {
    const { project } = caller;
    if (!this.projects.sendsSms(project)) throw fail('general_phone_disabled');
    const stamp = await this.postage.sms(project, phone);
    return this.toHolder(project, userId, { phone }, async (user) => {
      const mock = this.projects.mockCode(project, phone);
      const { token, secret } = await this.tokens.issue(project.id, user.id, 'phone-otp', phone, mock);
      const data = { otp: secret, project: project.name, expire: datetime(token.expiresAt) };
      await this.postage.send(stamp, user.id, { name: 'smsLogin', locale: caller.locale, data }, { silent: !user.status || mock !== undefined });
      await this.securityLog.record(op.createPhoneToken, caller, user.id);
      return TokenModel.of(token, caller, { secret });
    });
  }

  private async byMail(caller: Caller, { userId, email }: { userId: string; email: string }, operation: Operation, send: (user: Addressee, stamp: Stamp<'mail'>) => Promise<TokenModel>): Promise<TokenModel> {
    const { project } = caller;
    if (!this.projects.sendsMail(project)) throw fail('general_smtp_disabled');
    const stamp = await this.postage.mail(project, email);
    return this.toHolder(project, userId, { email }, async (user) => {
      const answer = await send(user, stamp);
      await this.securityLog.record(operation, caller, user.id);
      return answer;
    });
  }

  /** In one transaction with the making of the user, where the address is unknown. @throws Failure `user_already_exists`, `user_count_exceeded` */
  private async toHolder(project: Project, id: string, address: Address, send: (user: Addressee) => Promise<TokenModel>): Promise<TokenModel> {
    const known = await this.holder(project, address);
    if (known) return this.database.transaction(() => send(known));
    try {
      await this.users.mayCreate(project, { id });
      return await this.database.transaction(async () => send(await this.users.create(project, { id, ...address })));
    } catch (error) {
      // Two may ask for the same unknown address at once: the second finds it known.
      const first = error instanceof Failure && (await this.holder(project, address));
      if (!first) throw error;
      return this.database.transaction(() => send(first));
    }
  }

  private holder({ id }: Project, address: Address): Promise<Addressee | null> {
    return 'email' in address ? this.users.findByEmail(id, address.email) : this.users.findByPhone(id, address.phone);
  }

  /** What lets the reader recognise his own request. */
  private about({ project, userAgent }: Caller, { name }: Addressee, phrase: string) {
    return { user: name, project: project.name, phrase, ...this.devices.words(userAgent) };
  }
}
