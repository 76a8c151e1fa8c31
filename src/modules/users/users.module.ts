import { Module } from '@nestjs/common';
import { LogsRepository } from './logs.repository';
import { PreferencesResolver } from './preferences.resolver';
import { SecurityLog } from './security-log';
import { TargetsRepository } from './targets.repository';
import { UsersRepository } from './users.repository';
import { Users } from './users.service';

@Module({
  providers: [Users, UsersRepository, TargetsRepository, LogsRepository, SecurityLog, PreferencesResolver],
  exports: [Users, SecurityLog],
})
export class UsersModule {}
