import { Module } from '@nestjs/common';
import { Credentials } from './credentials';
import { Identities } from './identities.service';
import { IdentitiesRepository } from './identities.repository';
import { LogsRepository } from './logs.repository';
import { PreferencesResolver } from './preferences.resolver';
import { SecurityLog } from './security-log';
import { Strangers } from './strangers';
import { Targets } from './targets.service';
import { TargetsRepository } from './targets.repository';
import { UsersRepository } from './users.repository';
import { Users } from './users.service';

const offered = [Users, Credentials, Identities, Targets, SecurityLog, Strangers];

@Module({
  providers: [...offered, UsersRepository, TargetsRepository, IdentitiesRepository, LogsRepository, PreferencesResolver],
  exports: offered,
})
export class UsersModule {}
