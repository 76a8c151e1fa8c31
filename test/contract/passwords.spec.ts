import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as op } from '../../src/modules/sessions';
import { everyWay } from '../support/ways';

everyWay('passwords', (way) => {
  const owner = async (password: string) => {
    const ada = way.stranger();
    await ada.must(account.create, { userId: 'unique()', email: ada.email, password });
    return (tried: string) => ada.elsewhere().call(op.createEmailPasswordSession, { email: ada.email, password: tried });
  };
  const wrong = { status: 401, type: 'user_invalid_credentials' };

  it.each([
    ['composed', 'caf\u00e9 cr\u00e8me', 'cafe\u0301 cre\u0300me'],
    ['decomposed', 'cafe\u0301 cre\u0300me', 'caf\u00e9 cr\u00e8me'],
  ])('chosen on a keyboard that types %s letters work from one that does not', async (_, chosen, tried) => {
    const login = await owner(chosen);
    expect((await login(chosen)).status).toBe(201);
    expect((await login(tried)).status).toBe(201);
    expect(await login('cafe creme')).toMatchObject(wrong);
  });

  it('count whole, past the 72 bytes that bcrypt reads', async () => {
    const start = 'x'.repeat(72);
    const login = await owner(`${start} and one end`);
    expect(await login(`${start} and another`)).toMatchObject(wrong);
    expect(await login(start)).toMatchObject(wrong);
    expect((await login(`${start} and one end`)).status).toBe(201);
  });

  it('count past a NUL byte', async () => {
    const login = await owner('before\u0000after');
    expect(await login('before\u0000other')).toMatchObject(wrong);
    expect((await login('before\u0000after')).status).toBe(201);
  });

  it('are neither trimmed nor changed in case', async () => {
    const login = await owner(' Spaces Matter ');
    for (const tried of ['Spaces Matter', ' spaces matter ', ' Spaces Matter']) expect(await login(tried)).toMatchObject(wrong);
    expect((await login(' Spaces Matter ')).status).toBe(201);
  });
});
