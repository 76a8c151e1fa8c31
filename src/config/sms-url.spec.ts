import { readSmsUrl, SMS_PROVIDERS } from './sms-url';

const HUSH = 'hush%2Fhush';

describe('a URL of SMS', () => {
  it.each<[string, object]>([
    ['sms://AC1:s%3Acret%2F@twilio?from=+15550100', { provider: 'twilio', user: 'AC1', secret: 's:cret/', from: '+15550100', endpoint: undefined, parameters: {} }],
    ['sms://k:s@Vonage?from=Shop%20Ltd', { provider: 'vonage', from: 'Shop Ltd' }],
    ['sms://k:s@telesign', { provider: 'telesign', from: undefined }],
    ['sms://k:s@textmagic?from=%2B15550100', { from: '+15550100' }],
    ['sms://k:s@msg91?templateId=t', { parameters: { templateId: 't' } }],
    ['sms://k:s@msg91?templateId=t&from=+15550100', { user: 'k' }],
    ['sms://k:s@fast2sms', { parameters: {} }],
    ['sms://k:s@fast2sms?useDLT=true&messageId=1', { parameters: { useDLT: 'true', messageId: '1' } }],
    ['sms://k:s@twilio/?from=1&endpoint=http://127.0.0.1:8080/', { endpoint: 'http://127.0.0.1:8080' }],
    ['sms://k:s@twilio?from=1&endpoint=https%3A%2F%2Fproxy%2Ftwilio%2F', { endpoint: 'https://proxy/twilio' }],
    ['https://a%40b:k%25y@sms.example:8443/send?from=+15550100&account=7', { provider: 'http', user: 'a@b', secret: 'k%y', from: '+15550100', endpoint: 'https://sms.example:8443/send?account=7' }],
    ['http://sms.example', { provider: 'http', user: '', secret: '', from: undefined, endpoint: 'http://sms.example/' }],
  ])('%s is read', (url, account) => {
    expect(readSmsUrl(url)).toMatchObject(account);
  });

  it.each<[string, string]>([
    [`twilio:${HUSH}`, 'must be a URL that starts with sms:// or http:// or https://'],
    [`sms://u:${HUSH}@`, 'is malformed'],
    [`sms://u:hush/hush@twilio?from=1`, 'is malformed'],
    [`sms://u:${HUSH}@nexmo?from=1`, `one of ${Object.keys(SMS_PROVIDERS).join(', ')}`],
    [`sms://u:${HUSH}@constructor?from=1`, 'names no provider'],
    [`sms://u:${HUSH}@twilio`, 'lacks the parameter from; expected sms://AccountSid:AuthToken@twilio?from=…'],
    [`sms://u:${HUSH}@vonage?from=`, 'lacks the parameter from'],
    [`sms://u:${HUSH}@msg91`, 'lacks the parameter templateId; expected sms://senderId:authKey@msg91?templateId=…'],
    [`sms://${HUSH}@twilio?from=1`, 'lacks the AuthToken'],
    [`sms://:${HUSH}@twilio?from=1`, 'lacks the AccountSid'],
    [`sms://u:hush%zz@twilio?from=1`, 'not written as %25'],
    [`http://u:hush%@sms.example`, 'not written as %25'],
    [`sms://u:${HUSH}@twilio?from=1&colour=${HUSH}`, 'unknown parameter; twilio takes from, endpoint'],
    [`sms://u:${HUSH}@twilio?from=1&from=2`, 'a parameter twice'],
    [`sms://u:${HUSH}@twilio:8080?from=1`, 'another address of the provider in endpoint='],
    [`sms://u:${HUSH}@twilio/path?from=1`, 'another address of the provider in endpoint='],
    [`sms://u:${HUSH}@twilio?from=1#hush`, 'a fragment'],
    [`sms://u:${HUSH}@twilio?from=1&endpoint=ftp://proxy`, 'endpoint that is not'],
    [`sms://u:${HUSH}@twilio?from=1&endpoint=https://u:${HUSH}@proxy`, 'endpoint that is not'],
    [`sms://u:${HUSH}@fast2sms?useDLT=true`, 'lacks the parameter messageId'],
    [`sms://u:${HUSH}@fast2sms?useDLT=yes`, 'neither true nor false'],
  ])('%s is told what is wrong, and nothing of it', (url, what) => {
    const read = () => readSmsUrl(url);
    expect(read).toThrow(what);
    expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hush') }));
  });
});
