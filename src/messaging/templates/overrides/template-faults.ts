import { SMS, SMS_FIELDS } from '../sms';
import { fieldsOf } from '../template';
import { MAILS } from '../template-files';
import { type OwnFile, ownFiles, partOf } from './own-files';
import { senderFaults } from './sender';
import { keysOf, layoutFaults, shapeFaults, strayPieces } from './shapes';
import { sourceFaults } from './sources';
import { mailTrialFaults, smsTrialFaults } from './trial';
import { wordFaults } from './words';

/**
 * What is wrong with an operator's folder of templates, each fault with its file. Told at the start, because the
 * first mail that fails is somebody's lost link.
 */
export function templateFaults(folder: string): string[] {
  const { files, faults } = ownFiles(folder);
  if (!files.length) return faults;
  const broken = new Set<OwnFile>();
  const note = (file: OwnFile, found: readonly string[]): void => {
    if (found.length) broken.add(file);
    faults.push(...found.map((fault) => `${file.path}: ${fault}`));
  };

  const handlebars = files.filter(({ role }) => role === 'shape' || role === 'partial' || role === 'layout');
  for (const file of handlebars) note(file, sourceFaults(file.content, partOf(file), file.role === 'layout' ? ['body'] : []));
  const sound = files.filter((file) => !broken.has(file));
  for (const file of files) {
    if (file.role === 'words') note(file, wordFaults(file, { keys: keysOf(file.template, sound), fields: fieldsOf(file.template).names }));
    if (file.role === 'sms') note(file, wordFaults(file, { keys: SMS, fields: SMS_FIELDS }));
    if (file.role === 'sender') note(file, senderFaults(file.content));
  }
  // What is broken in itself would only be told again by what is made of it.
  const isSound = (template: string) => ![...broken].some((file) => file.template === template || file.template === '');
  const mails = MAILS.filter(isSound);
  const composed = isSound('') ? [...files.filter(({ role }) => role === 'layout').flatMap((file) => layoutFaults(file, files)), ...strayPieces(mails, files)] : [];
  faults.push(...composed);
  for (const mail of mails) {
    const asked = shapeFaults(mail, files);
    faults.push(...(asked.length || composed.length ? asked : mailTrialFaults(folder, mail, files)));
  }
  if (files.some(({ role }) => role === 'sms') && isSound('sms')) faults.push(...smsTrialFaults(folder, files));
  // A piece is asked again by every mail that uses it.
  return [...new Set(faults)];
}
