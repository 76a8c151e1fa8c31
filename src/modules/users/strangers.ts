import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Project } from '../../contract/project';
import { Keys } from '../../infra/crypto/keys';

/** 2026-01-01 in microseconds, and half a year of them: the clock that made-up ids are taken from. */
const FROM = 1_767_225_600_000_000n;
const SPAN = 15_552_000_000_000n;

/** Ids for addresses without an account, so that an answer about them looks like any other. */
@Injectable()
export class Strangers {
  constructor(private readonly keys: Keys) {}

  /** The same for the same address each time, shaped as ours are, and not to be computed without the server's key. */
  idOf({ id }: Project, address: string): string {
    const digest = createHmac('sha256', this.keys.key('strangers')).update(`${id}:${address}`).digest();
    const micros = FROM + (digest.readBigUInt64BE(0) % SPAN);
    return micros.toString(16).padStart(13, '0').slice(-13) + digest.toString('hex', 8, 12).slice(0, 7);
  }
}
