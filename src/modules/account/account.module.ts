import { Module } from '@nestjs/common';
import { UsersModule } from '../users';
import { AccountController } from './account.controller';
import { AccountResolver } from './account.resolver';
import { Account } from './account.service';

@Module({ imports: [UsersModule], controllers: [AccountController], providers: [Account, AccountResolver] })
export class AccountModule {}
