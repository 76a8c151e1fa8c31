export { LogEntity } from './log.entity';
export { PreferencesModel } from './preferences.model';
export { SecurityLog } from './security-log';
export { TargetEntity } from './target.entity';
export { TargetModel } from './target.model';
export { UserEntity } from './user.entity';
export { UserModel } from './user.model';
export { UsersModule } from './users.module';
export { type NewUser, passwordOf, Users } from './users.service';
