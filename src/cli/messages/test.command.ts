import type { Command } from 'commander';
import { canonicalEmail } from '../../contract/email-address';
import type { MessageData } from '../../contract/messages';
import { canonicalPhone } from '../../contract/phone-number';
import type { Project } from '../../contract/project';
import { Settings } from '../../config/settings';
import { datetime } from '../../contract/datetime';
import { Clock } from '../../infra/clock';
import { uniqueId } from '../../infra/ids';
import { MailSender, SmsSender } from '../../messaging';
import { WrongUsage } from '../exit-code';
import { type Get, inProject } from '../in-project';
import { masked } from './masked';
import { type Options, print } from './options';

interface TestOptions extends Options {
  to: string;
  locale: string;
}

/** Seconds: how long link and code say that they are good. */
const HOUR = 3_600;

export function testCommand(messages: Command): void {
  messages
    .command('test')
    .description('send one harmless message through the channel of a project, at once, and tell what the server said')
    .requiredOption('--to <address>', 'an e-mail address, or a phone number with its plus')
    .option('--project <id>', 'the project; needed when there are several')
    .option('--locale <locale>', 'the language', 'en')
    .option('--json', 'print the result as JSON, and nothing else')
    .action((options: TestOptions) => {
      const phone = options.to.startsWith('+');
      const to = phone ? canonicalPhone(options.to) : canonicalEmail(options.to);
      if (to === null) throw new WrongUsage(`${options.to} is neither a plain e-mail address nor a phone number with its plus`);
      return inProject(options.project, async (get, project) => {
        const said = phone ? await sms(get, project, to, options.locale) : await mail(get, project, to, options.locale);
        print({ sent: true, project: project.id, channel: phone ? 'sms' : 'mail', to: masked(to), said }, options, () => `sent to ${masked(to)}: ${said}`);
      });
    });
}

/** The project's own verification mail, sender and words, whose link leads to nothing but a sign of life. */
async function mail(get: Get, project: Project, to: string, locale: string): Promise<string> {
  const data: MessageData['verification'] = {
    user: '',
    project: `${project.name} (test)`,
    redirect: `${get(Settings).publicUrl}/v1/health`,
    expire: datetime(get(Clock).in(HOUR)),
  };
  const mails = get(MailSender);
  try {
    return await mails.send(project.id, uniqueId(), 'verification', { to, locale, data });
  } finally {
    await mails.close();
  }
}

/** A code of zeros opens nothing. Providers that hold the words themselves take nothing but a code. */
function sms(get: Get, project: Project, to: string, locale: string): Promise<string> {
  const data: MessageData['smsVerification'] = { otp: '000000', project: `${project.name} (test)`, expire: datetime(get(Clock).in(HOUR)) };
  return get(SmsSender).send(project.id, uniqueId(), 'smsVerification', { to, locale, data });
}
