export interface SmsReply {
  status: number;
  /** A text is sent as it is. */
  body: unknown;
}

/** A provider by its documentation: what it wants, and what it answers. Written without a look at the channels. */
export interface SmsCard {
  /** The URL an operator writes; the credential is percent-encoded in it. */
  url: (endpoint: string) => string;
  path: string;
  type: 'application/x-www-form-urlencoded' | 'application/json';
  /** Lower-case names. Those that bear the credential. */
  headers: Record<string, string>;
  /** The fields that bear it. */
  credential?: string[];
  /** All of what it gets for {@link SMS}; one more or less is refused. */
  fields: Record<string, unknown>;
  accepted: SmsReply;
  wrongPath: SmsReply;
  wrongCredential: SmsReply;
  wrongParameters: SmsReply;
  /** The recipient will never get it. */
  permanent: Record<string, SmsReply>;
  /** The operator or time may mend it. */
  temporary: Record<string, SmsReply>;
}

export const SMS = { to: '+919876543210', text: '246813 is your code for Shop.', code: '246813', messageId: 'outbox-1' };

/** No part of a credential is fit for a URL as it is. */
const USER = 'ada@acme/1';
const SECRET = 's3cret:/+?#%';
const pair = (user = USER) => `${encodeURIComponent(user)}:${encodeURIComponent(SECRET)}`;
const basic = (user = USER) => `Basic ${Buffer.from(`${user}:${SECRET}`).toString('base64')}`;
export const HUSH = [USER, SECRET, encodeURIComponent(SECRET), basic().slice(6), SMS.to, SMS.to.slice(1), SMS.to.slice(3), SMS.text, SMS.code];

const FORM = 'application/x-www-form-urlencoded' as const;
const JSON_TYPE = 'application/json' as const;
const SID = 'AC0123456789abcdef0123456789abcdef';

const twilioError = (status: number, code: number, message: string): SmsReply => ({ status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } });
const vonagePart = (status: string, text: string): SmsReply => ({ status: 200, body: { 'message-count': '1', messages: [{ status, 'error-text': text }] } });
const telesignStatus = (status: number, code: number, description: string): SmsReply => ({ status, body: { reference_id: '35C8B5D509BC106396B9E9A7A9E5CCF1', status: { code, description, updated_on: '2026-01-01T00:00:00.000000Z' } } });
const textmagicError = (status: number, message: string, errors?: object): SmsReply => ({ status, body: { code: status, message, errors } });
const msg91Error = (status: number, message: string, code?: string): SmsReply => ({ status, body: { type: 'error', message, ...(code ? { code } : {}) } });
const fast2smsError = (status: number, status_code: number, message: string): SmsReply => ({ status, body: { return: false, status_code, message } });

/** https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/api/errors */
const twilio: SmsCard = {
  url: (endpoint) => `sms://${pair(SID)}@twilio?from=+15550100&endpoint=${endpoint}`,
  path: `/2010-04-01/Accounts/${SID}/Messages.json`,
  type: FORM,
  headers: { authorization: basic(SID) },
  fields: { To: '+919876543210', From: '+15550100', Body: SMS.text },
  accepted: { status: 201, body: { sid: 'SM0123456789abcdef0123456789abcdef', account_sid: SID, body: SMS.text, to: SMS.to, status: 'queued', error_code: null } },
  wrongPath: twilioError(404, 20404, 'The requested resource was not found'),
  wrongCredential: twilioError(401, 20003, 'Authenticate'),
  wrongParameters: twilioError(400, 21604, "A 'To' phone number is required."),
  permanent: {
    'an invalid number': twilioError(400, 21211, `The 'To' number ${SMS.to} is not a valid phone number.`),
    'an unsubscribed recipient': twilioError(400, 21610, 'Attempt to send to unsubscribed recipient'),
    'no mobile number': twilioError(400, 21614, `'To' number is not a valid mobile number: ${SMS.to}`),
    'a landline': twilioError(400, 21635, "'To' number cannot be a landline"),
    'a short code': twilioError(400, 21265, "'To' number cannot be a Short Code"),
  },
  temporary: {
    'a region that is not switched on': twilioError(400, 21408, `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${SMS.to}.`),
    'a sender that is not ours': twilioError(400, 21606, "The 'From' phone number is not a valid, SMS-capable inbound phone number"),
    'a code of tomorrow': twilioError(400, 29999, 'Something new'),
    haste: twilioError(429, 20429, 'Too Many Requests'),
  },
};

/** https://developer.vonage.com/en/api/sms, https://developer.vonage.com/en/api-errors/sms */
const vonage: SmsCard = {
  url: (endpoint) => `sms://${pair()}@vonage?from=+15550100&endpoint=${endpoint}`,
  path: '/sms/json',
  type: FORM,
  headers: {},
  credential: ['api_key', 'api_secret'],
  fields: { api_key: USER, api_secret: SECRET, from: '15550100', to: '919876543210', text: SMS.text, type: 'text', 'client-ref': 'outbox-1' },
  accepted: { status: 200, body: { 'message-count': '1', messages: [{ to: '919876543210', 'message-id': '0A0000000123ABCD1', status: '0', 'remaining-balance': '3.14159265', 'message-price': '0.03330000', network: '12345' }] } },
  wrongPath: { status: 404, body: '' },
  wrongCredential: vonagePart('4', 'Bad Credentials'),
  wrongParameters: vonagePart('2', 'Missing to param'),
  permanent: {
    'a prefix that no network has': vonagePart('6', `Unroutable message - rejected: ${SMS.to}`),
    'a barred number': vonagePart('7', 'Number barred'),
    'a deactivated number': vonagePart('33', 'Number De-activated'),
  },
  temporary: {
    throttling: vonagePart('1', 'Throughput Rate Exceeded'),
    'its own failure': vonagePart('5', 'Internal Error'),
    'an empty purse': vonagePart('9', 'Quota Exceeded - rejected'),
    'a sender that is not ours': vonagePart('15', 'Illegal Sender Address - rejected'),
    'a trial': vonagePart('29', 'Non White-listed Destination - rejected'),
    'a second part that failed': { status: 200, body: { 'message-count': '2', messages: [{ status: '0', 'message-id': '1' }, { status: '1', 'error-text': 'Throughput Rate Exceeded' }] } },
    'no part at all': { status: 200, body: { 'message-count': '0', messages: [] } },
  },
};

/** https://developer.telesign.com/enterprise/reference/sms, …/docs/all-status-and-error-codes */
const telesign: SmsCard = {
  url: (endpoint) => `sms://${pair()}@telesign?from=%2B15550100&endpoint=${endpoint}`,
  path: '/v1/messaging',
  type: FORM,
  headers: { authorization: basic() },
  fields: { phone_number: '919876543210', message: SMS.text, message_type: 'OTP', sender_id: '15550100', external_id: 'outbox-1' },
  accepted: telesignStatus(200, 290, 'Message in progress'),
  wrongPath: { status: 404, body: { errors: [{ code: -40004, description: 'Not Found' }] } },
  wrongCredential: { status: 401, body: { status: { code: 501, description: 'Not authorized' }, errors: [{ code: -30006, description: 'Invalid Signature.' }] } },
  wrongParameters: telesignStatus(400, 12000, 'Missing Required Parameter phone_number'),
  permanent: {
    'an invalid number': telesignStatus(400, 11000, `Invalid value for parameter phone_number ${SMS.to}.`),
    'no such country': telesignStatus(400, 11001, 'Invalid country code for parameter phone_number.'),
    'a 200 that says blocked by us': telesignStatus(200, 229, 'Message blocked by your request'),
    'a 200 that says blocked by all': telesignStatus(200, 230, 'Message blocked by Telesign'),
    'a 200 that says no SMS there': telesignStatus(200, 222, 'SMS not supported'),
  },
  temporary: {
    'a 200 that says no route': telesignStatus(200, 220, 'Gateway/network cannot route message'),
    'a sender that is not ours': telesignStatus(400, 11013, 'Invalid value for parameter sender_id.'),
    'a refusal with a good code': telesignStatus(400, 290, 'Message in progress'),
    haste: { status: 429, body: { errors: [{ code: -40007, description: 'Rate Limit Exceeded' }] } },
  },
};

/** https://www.textmagic.com/docs/api/send-sms/, …/response-codes/ */
const textmagic: SmsCard = {
  url: (endpoint) => `sms://${pair()}@textmagic?from=+15550100&endpoint=${endpoint}`,
  path: '/api/v2/messages',
  type: FORM,
  headers: { 'x-tm-username': USER, 'x-tm-key': SECRET },
  fields: { text: SMS.text, phones: '919876543210', from: '15550100', referenceId: 'outbox-1' },
  accepted: { status: 201, body: { id: 49575710, href: '/api/v2/messages/49575710', type: 'message', sessionId: 34436687, bulkId: null, messageId: 49575710, scheduleId: null } },
  wrongPath: textmagicError(404, 'Not found'),
  wrongCredential: textmagicError(401, 'Unauthorized'),
  wrongParameters: textmagicError(400, 'Validation Failed', { common: ['Please specify at least one recipient'], fields: {} }),
  permanent: { 'an invalid number': textmagicError(400, 'Validation Failed', { common: [], fields: { phones: [`${SMS.to} is not a valid phone number`] } }) },
  temporary: {
    'an empty purse': textmagicError(400, 'Validation Failed', { common: ['You have insufficient funds'], fields: null }),
    'a sender that is not ours': textmagicError(400, 'Validation Failed', { common: [], fields: { from: ['Sender ID is not allowed'] } }),
    'no word why': textmagicError(400, 'Bad request'),
    haste: textmagicError(429, 'Too many requests'),
  },
};

/** https://docs.msg91.com/sms/send-sms, https://control.msg91.com/apidoc/textsms/send-sms-flow.php */
const msg91: SmsCard = {
  url: (endpoint) => `sms://${pair()}@msg91?templateId=tpl-1&endpoint=${endpoint}`,
  path: '/api/v5/flow',
  type: JSON_TYPE,
  headers: { authkey: SECRET },
  fields: { template_id: 'tpl-1', sender: USER, recipients: [{ mobiles: '919876543210', otp: '246813' }] },
  accepted: { status: 200, body: { message: '5762846b4f8d285d378b4567', type: 'success' } },
  wrongPath: { status: 404, body: '' },
  wrongCredential: msg91Error(200, 'Authentication failure', '207'),
  wrongParameters: msg91Error(400, 'template id missing'),
  permanent: {
    'an invalid number': msg91Error(200, 'Invalid mobile number', '202'),
    'an invalid number, told by words': msg91Error(400, `Invalid mobile number ${SMS.to}`),
  },
  temporary: {
    'an empty purse': msg91Error(200, 'Insufficient balance', '301'),
    'an address that is not on the list': msg91Error(200, 'IP is not whitelisted', '418'),
    'no word why': msg91Error(200, 'error'),
  },
};

/** https://docs.fast2sms.com/reference/dlt-sms-single, …/error-code-list */
const fast2sms: SmsCard = {
  url: (endpoint) => `sms://${pair()}@fast2sms?useDLT=true&messageId=111111&endpoint=${endpoint}`,
  path: '/dev/bulkV2',
  type: JSON_TYPE,
  headers: { authorization: SECRET },
  fields: { route: 'dlt', sender_id: USER, message: '111111', variables_values: '246813', numbers: '9876543210' },
  accepted: { status: 200, body: { return: true, request_id: 'lwdtp7cjyqxvfe9', message: ['Message sent successfully'] } },
  wrongPath: fast2smsError(400, 990, "You're hitting old API. Refer updated documentation"),
  wrongCredential: fast2smsError(401, 412, 'Invalid Authentication, Check Authorization Key'),
  wrongParameters: fast2smsError(400, 405, 'Numbers Missing'),
  permanent: { 'an invalid number': fast2smsError(400, 411, 'Invalid Numbers') },
  temporary: {
    'an empty purse': fast2smsError(400, 416, "You don't have sufficient wallet balance"),
    'a template that is not approved': fast2smsError(400, 424, 'Invalid Message ID'),
    'too many to one number': fast2smsError(400, 995, 'Spamming detected (sending multiple SMS to same number is not allowed)'),
    'a 200 that says no': fast2smsError(200, 425, 'Invalid Template'),
  },
};

/** https://docs.fast2sms.com, the route for what is not registered */
const fast2smsQuick: SmsCard = {
  ...fast2sms,
  url: (endpoint) => `sms://${pair()}@fast2sms?endpoint=${endpoint}`,
  fields: { route: 'q', message: SMS.text, language: 'english', numbers: '9876543210' },
};

/** The contract of SMS_URL with a plain address: the status is the whole answer. */
const http: SmsCard = {
  url: (endpoint) => `${endpoint.replace('http://', `http://${pair()}@`)}/send?from=+15550100&account=7`,
  path: '/send?account=7',
  type: JSON_TYPE,
  headers: { 'x-username': USER, 'x-key': SECRET },
  fields: { from: '+15550100', to: '+919876543210', message: SMS.text },
  accepted: { status: 202, body: '' },
  wrongPath: { status: 404, body: '' },
  wrongCredential: { status: 403, body: '' },
  wrongParameters: { status: 401, body: '' },
  permanent: { 'a bad request': { status: 400, body: SMS.text }, 'what cannot be processed': { status: 422, body: '' } },
  temporary: { 'an empty purse': { status: 402, body: '' }, 'a slow call': { status: 408, body: '' }, haste: { status: 429, body: '' } },
};

export const SMS_CARDS: Record<string, SmsCard> = { twilio, vonage, telesign, textmagic, msg91, fast2sms, 'fast2sms without DLT': fast2smsQuick, 'a plain gateway': http };
