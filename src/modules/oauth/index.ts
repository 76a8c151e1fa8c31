export { AttemptEntity } from './attempt.entity';
export { Attempts } from './attempts.service';
export { type Grant, OAuthClient } from './oauth-client';
export { OAuthModule } from './oauth.module';
export type { Profile, Provider } from './provider';
export { ProviderFault, type Step } from './provider-fault';
export { PROVIDERS } from './providers';
export { cardOf, fieldsOf, readRegistration } from './registration';
