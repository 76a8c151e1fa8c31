/** GSM 03.38 with its extension: what an SMS holds without becoming Unicode, which takes more than twice the room. */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;

/** Must it be sent as Unicode? Providers that do not see it themselves put question marks in place of the letters. */
export function isUnicode(text: string): boolean {
  return !GSM.test(text);
}
