import { Module } from '@nestjs/common';
import { TokensRepository } from './tokens.repository';
import { Tokens } from './tokens.service';

@Module({ providers: [Tokens, TokensRepository], exports: [Tokens] })
export class TokensModule {}
