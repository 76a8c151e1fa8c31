import { type DynamicModule, type Type } from '@nestjs/common';
import type { Configuration } from './config/preflight';
import type { Known } from './config/projects';
import { Settings } from './config/settings';
import { type Operation, spellings } from './contract/operation';
import { EdgeModule } from './edge/edge.module';
import { InfraModule } from './infra/infra.module';
import { OutboxEntity } from './infra/outbox/outbox.entity';
import { TallyEntity } from './infra/outbox/tally.entity';
import { MailboxEntity, MessagingModule, SendersModule, templateFaults } from './messaging';
import { AccountModule, accountOperations } from './modules/account';
import { AuthenticatorEntity, ChallengeEntity, FactorLockEntity, FactorsModule, RecoveryCodeEntity } from './modules/factors';
import { MfaModule, mfaOperations } from './modules/mfa';
import { AttemptEntity, OAuthModule, readRegistration } from './modules/oauth';
import { ProjectsModule } from './modules/projects';
import { oauthOperations, SessionEntity, sessionOperations, SessionsModule } from './modules/sessions';
import { TokenEntity, tokenOperations, TokensModule } from './modules/tokens';
import { IdentityEntity, LogEntity, TargetEntity, UserEntity, UsersModule } from './modules/users';
import { VerificationModule, verificationOperations } from './modules/verification';
import { PagesModule } from './pages/pages.module';

/** Every operation there is, in the order of the documents. */
export const OPERATIONS: readonly Operation[] = [
  ...Object.values(accountOperations),
  ...Object.values(sessionOperations),
  ...Object.values(oauthOperations),
  ...Object.values(tokenOperations),
  ...Object.values(mfaOperations),
  ...Object.values(verificationOperations),
];

export const ENTITIES = [UserEntity, TargetEntity, IdentityEntity, LogEntity, SessionEntity, TokenEntity, AuthenticatorEntity, RecoveryCodeEntity, ChallengeEntity, FactorLockEntity, AttemptEntity, OutboxEntity, TallyEntity, MailboxEntity];

/** What the projects file may mention. */
export const KNOWN: Known = { operations: spellings(OPERATIONS), registration: readRegistration, templates: templateFaults };

type Modules = (DynamicModule | Type)[];

const domain: Modules = [OAuthModule, UsersModule, FactorsModule, TokensModule, SessionsModule, MfaModule, VerificationModule, AccountModule];

function ground({ settings, projects }: Configuration): Modules {
  return [InfraModule.forRoot(settings, ENTITIES), ProjectsModule.forRoot(projects)];
}

// A process is a list.

export class ApiModule {
  static with(configuration: Configuration): DynamicModule {
    return { module: ApiModule, imports: [...ground(configuration), ...domain, EdgeModule.forRoot(OPERATIONS), PagesModule.forRoot(configuration.settings)] };
  }
}

export class WorkerModule {
  static with(configuration: Configuration): DynamicModule {
    return { module: WorkerModule, imports: [...ground(configuration), MessagingModule] };
  }
}

/** Commands. They queue nothing and count nothing, so Redis may be away. */
export class CliModule {
  static with(configuration: Configuration): DynamicModule {
    const settings = new Settings({ ...configuration.settings, REDIS_URL: undefined });
    return { module: CliModule, imports: [...ground({ ...configuration, settings }), OAuthModule, UsersModule, FactorsModule, TokensModule, SessionsModule, SendersModule] };
  }
}

/** `npm start`: both in one process. */
export class AllModule {
  static with(configuration: Configuration): DynamicModule {
    return { module: AllModule, imports: [ApiModule.with(configuration), MessagingModule] };
  }
}
