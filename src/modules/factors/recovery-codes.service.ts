import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Keys } from '../../infra/crypto/keys';
import { randomSecret } from '../../infra/crypto/secrets';
import { Vault } from '../../infra/crypto/vault';
import { uniqueId } from '../../infra/ids';
import { RecoveryCodesRepository } from './recovery-codes.repository';

const CODES = 6;
/** Bytes: ten hexadecimal characters, as Appwrite's. */
const CODE = 5;
const FORM = /^[0-9a-f]{10}$/;
const PURPOSE = 'recovery code';

/** Codes on paper, for the day the phone is lost. Writes belong into a transaction that holds the user's row. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly codes: RecoveryCodesRepository,
    private readonly vault: Vault,
    private readonly keys: Keys,
  ) {}

  /** @throws Failure `user_recovery_codes_already_exists` */
  async create(project: Project, userId: string): Promise<string[]> {
    if ((await this.codes.number(project.id, userId)) > 0) throw fail('user_recovery_codes_already_exists');
    return this.make(project, userId);
  }

  /** New codes; the old ones are worth nothing from here on. @throws Failure `user_recovery_codes_not_found` */
  async replace(project: Project, userId: string): Promise<string[]> {
    if ((await this.codes.number(project.id, userId)) === 0) throw fail('user_recovery_codes_not_found');
    await this.codes.removeOf(project.id, userId);
    return this.make(project, userId);
  }

  /** Those not spent yet. @throws Failure `user_recovery_codes_not_found` */
  async list(project: Project, userId: string): Promise<string[]> {
    const codes = await this.codes.ofUser(project.id, userId);
    if (!codes.length) throw fail('user_recovery_codes_not_found');
    return codes.map(({ code }) => this.vault.open(code, PURPOSE));
  }

  async exist(project: Project, userId: string): Promise<boolean> {
    return (await this.codes.number(project.id, userId)) > 0;
  }

  /** Spends a code. Spaces and capitals are no reason to refuse what was copied from paper. @returns false when it is wrong or spent */
  async accept(project: Project, userId: string, given: string): Promise<boolean> {
    const code = canonical(given);
    if (!FORM.test(code)) return false;
    const hashes = this.keys.all('recovery-codes').map((key) => hashOf(key, userId, code));
    return this.codes.spend(project.id, userId, hashes);
  }

  private async make({ id: projectId }: Project, userId: string): Promise<string[]> {
    const key = this.keys.key('recovery-codes');
    const codes = Array.from({ length: CODES }, () => randomSecret(CODE));
    for (const code of codes) {
      await this.codes.insert({ projectId, id: uniqueId(), userId, code: this.vault.seal(code, PURPOSE), codeHash: hashOf(key, userId, code) });
    }
    return codes;
  }
}

/** Does this look like a recovery code? What does not is no try. */
export function isRecoveryCode(given: string): boolean {
  return FORM.test(canonical(given));
}

function canonical(given: string): string {
  return given.replace(/[\s-]/g, '').toLowerCase();
}

/** With the user's id, so that equal codes of two users do not look equal. */
function hashOf(key: Buffer, userId: string, code: string): string {
  return createHmac('sha256', key).update(`${userId}:${code}`).digest('hex');
}
