import { oauthFailureIn } from './oauth-failure';

const trace = '0123456789abcdef0123';

describe('the failure that a redirect carries', () => {
  it('has message, type and trace', () => {
    const error = JSON.stringify({ message: 'The person said no.', type: 'user_oauth2_provider_error', code: 424 });
    expect(oauthFailureIn({ error, trace })).toEqual({ message: 'The person said no.', type: 'user_oauth2_provider_error', trace });
  });

  it.each([undefined, ['{}'], { message: 'x' }])('is none without a text: %p', (error) => {
    expect(oauthFailureIn({ error, trace })).toBeUndefined();
  });

  it.each(['', 'no JSON', 'null', '7', '[]', '{"message":{"toString":1},"type":["x"]}', '{"message":""}'])('says nothing where nothing is said: %s', (error) => {
    expect(oauthFailureIn({ error, trace })).toEqual({ trace });
  });

  it.each(['', trace.toUpperCase(), `${trace}0`, `${trace}\n`, '; rm -rf data', ['a']])('names no attempt that could be none of ours: %p', (named) => {
    expect(oauthFailureIn({ error: '{}', trace: named })).toEqual({});
  });

  it('is cut, since anybody can write a link', () => {
    expect(oauthFailureIn({ error: JSON.stringify({ message: 'x'.repeat(5_000) }) })!.message).toHaveLength(300);
  });
});
