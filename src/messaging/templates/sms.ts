/** The text of a code's SMS: the code first, so that phones offer to fill it in, and the sender's name against phishing. */
export function smsText({ otp, project }: { otp: string; project: string }): string {
  return `${otp} is your code for ${project.replace(/[\p{Cc}\s]+/gu, ' ')}. It is valid for 15 minutes; do not share it.`;
}
