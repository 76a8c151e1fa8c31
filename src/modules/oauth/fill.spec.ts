import fc from 'fast-check';
import { fill, fillAll } from './fill';

it('puts values into braces, each as often as it stands there', () => {
  expect(fill('https://{domain}/realms/{realm}/{realm}', { domain: 'id.example', realm: 'shop' })).toBe('https://id.example/realms/shop/shop');
  expect(fillAll({ key: '{clientId}:{clientSecret}', plain: 'as it is' }, { clientId: 'a', clientSecret: 'b' })).toEqual({ key: 'a:b', plain: 'as it is' });
  expect(fillAll(undefined, {})).toEqual({});
});

it.each(['nobody', 'toString', 'constructor', '__proto__'])('throws for {%s}, of which nothing is known', (name) => {
  expect(() => fill(`https://id.example/{${name}}`, {})).toThrow(`nothing is known of {${name}}`);
});

it('fills once: a value that has braces itself stays as it is', () => {
  fc.assert(fc.property(fc.string(), (value) => fill('<{a}>', { a: value, b: 'secret' }) === `<${value}>`));
  expect(fill('{a}', { a: '{b} $& $1', b: 'secret' })).toBe('{b} $& $1');
});
