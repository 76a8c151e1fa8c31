import { Devices } from './devices';

const chromeOnWindows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36';
const nothing = {
  osCode: '', osName: '', osVersion: '',
  clientType: '', clientCode: '', clientName: '', clientVersion: '', clientEngine: '', clientEngineVersion: '',
  deviceName: '', deviceBrand: '', deviceModel: '',
};

describe('devices', () => {
  const devices = new Devices();

  it('names system, client and device as Appwrite does', () => {
    expect(devices.detect(chromeOnWindows)).toEqual({
      osCode: 'WIN', osName: 'Windows', osVersion: '10',
      clientType: 'browser', clientCode: 'CH', clientName: 'Chrome', clientVersion: '127.0', clientEngine: 'Blink', clientEngineVersion: '127.0.0.0',
      deviceName: 'desktop', deviceBrand: '', deviceModel: '',
    });
  });

  it.each([
    ['a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      { osCode: 'MAC', osVersion: '10.15', clientCode: 'SF', clientEngine: 'WebKit', deviceName: 'desktop', deviceBrand: 'Apple', deviceModel: '' }],
    ['a Linux desktop', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36',
      { osCode: 'LIN', clientCode: 'CH', deviceName: 'desktop', deviceBrand: '' }],
    ['a television on the same system', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 SmartTV/8.5',
      { osCode: 'LIN', deviceName: 'tv' }],
    ['a telephone by its model', 'Mozilla/5.0 (Linux; Android 8.0.0; RNE-L21) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/102.0.0.0 Mobile Safari/537.36',
      { osCode: 'AND', osVersion: '8.0', clientCode: 'CM', clientName: 'Chrome Mobile', deviceName: 'smartphone', deviceBrand: 'Huawei', deviceModel: 'Mate 10 Lite' }],
    ['a telephone whose model Chrome hides', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Mobile Safari/537.36',
      { osCode: 'AND', clientCode: 'CM', deviceName: 'smartphone', deviceBrand: '' }],
    ['Firefox for Android', 'Mozilla/5.0 (Android 14; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0',
      { osCode: 'AND', clientCode: 'FM', deviceName: 'tablet', deviceBrand: '' }],
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      { osCode: 'IOS', osVersion: '17.5', clientCode: 'MF', deviceName: 'smartphone', deviceBrand: 'Apple', deviceModel: 'iPhone' }],
    ['a library', 'curl/8.5.0', { osCode: '', clientType: 'library', clientCode: '', clientName: 'curl', clientVersion: '8.5', deviceName: '' }],
    ['a server SDK', 'AppwriteNodeJSSDK/13.0.0 (Linux; #1 SMP; x86_64)', { osCode: 'LIN', clientName: '', deviceName: 'desktop' }],
    // https://github.com/appwrite/appwrite/blob/main/tests/unit/Detector/DetectorTest.php
    ['Appwrite\'s command line', 'AppwriteCLI/8.2.0 Darwin/24.5.0 arm64', { clientType: 'desktop', clientCode: 'cli', clientName: 'Appwrite CLI', clientVersion: '8.2.0' }],
    ['a bot as the browser it claims to be', 'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2272.96 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      { clientName: 'Chrome Mobile', deviceName: 'smartphone' }],
  ])('knows %s', (_, userAgent, expected) => {
    expect(devices.detect(userAgent)).toMatchObject(expected);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['a bot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['control characters', '\u0000\u0001(;;)\n'],
    ['broken escapes', '%E0%A4%A(%41)'],
    ['half a character', '\ud83d'],
    ['a pattern', '(?:[a-z]+)+$'],
  ])('gives blanks for %s', (_, userAgent) => {
    expect(devices.detect(userAgent)).toEqual(nothing);
  });

  it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString'])('survives a model called %s', (model) => {
    expect(() => devices.detect(`Mozilla/5.0 (Linux; Android 9; ${model}) AppleWebKit/537.36 Chrome/99.0 Mobile Safari/537.36`)).not.toThrow();
  });

  it('reads 512 characters', () => {
    const padded = `${'x'.repeat(512 - ' curl/8.55'.length)} curl/8.55`;
    expect(devices.detect(padded)).toMatchObject({ clientName: 'curl', clientVersion: '8.55' });
    expect(devices.detect(`x${padded}`)).toMatchObject({ clientName: 'curl', clientVersion: '8.5' });
    expect(devices.detect(chromeOnWindows + ' '.repeat(9_000) + 'a')).toBe(devices.detect(chromeOnWindows + ' '.repeat(9_000) + 'b'));
  });

  it('remembers the last thousand, and shares nothing that can be changed', () => {
    const first = devices.detect(chromeOnWindows);
    const rare = devices.detect('curl/0.0.1');
    for (let i = 0; i < 999; i++) {
      devices.detect(`curl/1.${i}`);
      devices.detect(chromeOnWindows);
    }
    expect(devices.detect(chromeOnWindows)).toBe(first);
    expect(devices.detect('curl/0.0.1')).not.toBe(rare);
    expect(Object.isFrozen(first)).toBe(true);
  });
});
