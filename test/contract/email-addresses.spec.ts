import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { everyWay } from '../support/ways';

everyWay(
  'e-mail addresses',
  (way) => {
    /** A name of its own for each test, so that engines, transports and tests do not meet. */
    const unique = () => way.stranger().email.slice(4, 14);
    const create = (email: unknown) => way.stranger().call(account.create, { userId: 'unique()', email, password: 'good password' });
    const login = (email: string) => way.stranger().call(session.createEmailPasswordSession, { email, password: 'good password' });

    const SPELLINGS: [how: string, (name: string) => string[]][] = [
      ['in capitals', (name) => [`Ada.${name}@Example.COM`, `aDA.${name}@eXAMPLE.com`, `ada.${name}@example.com`]],
      ['with composed and decomposed letters', (name) => [`jose\u0301.${name}@example.com`, `JOS\u00c9.${name}@example.com`, `jos\u00e9.${name}@example.com`]],
      ['with the Kelvin sign', (name) => [`\u212aate.${name}@example.com`, `Kate.${name}@example.com`, `kate.${name}@example.com`]],
      ['with a capital sharp s', (name) => [`stra\u1e9ee.${name}@example.com`, `stra\u00dfe.${name}@example.com`, `stra\u00dfe.${name}@example.com`]],
    ];
    it.each(SPELLINGS)('spelled %s are one address in one spelling', async (_, spell) => {
      const [first, second, stored] = spell(unique());
      const { status, body } = await create(first);
      expect([status, body.email, body.targets[0].identifier]).toEqual([201, stored, stored]);
      expect(await create(second)).toMatchObject({ status: 409, type: 'user_already_exists' });
      expect(await login(second)).toMatchObject({ status: 201, body: { userId: body.$id, providerUid: stored } });
    });

    it('are told apart by every accent and letter', async () => {
      const name = unique();
      const spellings = ['jose', 'josé', 'josè', 'jöse', 'jos', 'jossé', 'ıda', 'ida', 'strasse', 'straße', 'a+b', 'a', 'a.b', 'ab', 'æ', 'ae', 'Ω'.toLowerCase(), 'o'];
      for (const spelling of spellings) expect([spelling, (await create(`${spelling}.${name}@example.com`)).status]).toEqual([spelling, 201]);
      const ids = await Promise.all(spellings.map(async (spelling) => (await login(`${spelling}.${name}@example.com`)).body.userId as string));
      expect(new Set(ids).size).toBe(spellings.length);
    });

    it.each([
      ['a full-width at sign', 'ada＠example.com'],
      ['a small at sign', 'ada﹫example.com'],
      ['full-width letters', 'ａda@example.com'],
      ['a ligature', 'ﬁona@example.com'],
      ['a superscript', 'ada²@example.com'],
      ['a zero-width space', 'a\u200bda@example.com'],
      ['a zero-width joiner', 'a\u200dda@example.com'],
      ['a soft hyphen', 'a\u00adda@example.com'],
      ['a byte order mark', '\ufeffada@example.com'],
      ['a right-to-left override', 'ada\u202e@example.com'],
      ['a right-to-left mark', 'ada@example\u200f.com'],
      ['a no-break space', 'ada\u00a0@example.com'],
      ['an ideographic full stop', 'ada@example。com'],
      ['a space at the end', 'ada@example.com '],
      ['a space at the beginning', ' ada@example.com'],
      ['a tab', 'ada@example.com\t'],
      ['a NUL', 'ada@example.com\u0000'],
      ['a line end', 'ada@example.com\n'],
      ['a header', 'ada@example.com\r\nBcc: eve@example.com'],
      ['two addresses', 'ada@example.com,eve@example.com'],
      ['two addresses by semicolon', 'ada@example.com;eve@example.com'],
      ['two at signs', 'ada@eve@example.com'],
      ['a quoted address', '"eve@example.com"@victim.com'],
      ['a quoted name', '"ada"@example.com'],
      ['a display name', 'Ada <ada@example.com>'],
      ['angle brackets', '<ada@example.com>'],
      ['a comment', 'ada(eve)@example.com'],
      ['a route', '@eve.com:ada@example.com'],
      ['a domain literal', 'ada@[127.0.0.1]'],
      ['an address as domain', 'ada@127.0.0.1'],
      ['a bang path', 'eve.com!ada'],
      ['two dots', 'a..da@example.com'],
      ['a dot at the end of the name', 'ada.@example.com'],
      ['a lone surrogate', 'ada\ud800@example.com'],
      ['a backslash', 'ada\\@example.com'],
      ['too many characters', `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}com`],
    ])('with %s are refused, at sign-up and at login', async (_, email) => {
      for (const answer of [await create(email), await login(email)]) expect(answer).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it('that only their lower case makes too long are refused', async () => {
      const dotted = '\u0130'.repeat(30); // each becomes two characters
      const email = `${'a'.repeat(64)}@${dotted}.${dotted}.${'b'.repeat(63)}.cccc`;
      expect([email.length, email.toLowerCase().length]).toEqual([195, 255]);
      expect(await create(email)).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it.each([['a list', ['ada@example.com', 'eve@example.com']], ['an object', { email: 'ada@example.com' }], ['an operator', { $ne: '' }], ['a number', 1], ['true', true]])('that are %s are refused', async (_, email) => {
      expect((await create(email)).status).toBe(400);
    });

    it('are written to in the spelling that is stored, and to nobody else', async () => {
      const name = unique();
      const ada = way.stranger();
      await ada.must(account.create, { userId: 'unique()', email: `ADA.${name}@Example.com`, password: 'good password', name: 'Eve <eve@evil.com>\r\nBcc: eve@evil.com' });
      await ada.must(session.createEmailPasswordSession, { email: `aDa.${name}@EXAMPLE.com`, password: 'good password' });
      await ada.must(verification.createEmailVerification, { url: 'http://localhost/', email: 'eve@evil.com', to: 'eve@evil.com' });
      const mail = await way.app.inbox.newest(`ada.${name}@example.com`);
      expect(mail).toMatchObject({ to: `ada.${name}@example.com`, subject: 'Account Verification' });
      expect(mail.html).not.toContain('<eve@evil.com>');
      expect(await way.app.inbox.all('eve@evil.com')).toEqual([]);
    });
  },
  { env: { RATE_LIMITS: 'off' } },
);
