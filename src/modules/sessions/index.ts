export { type Known } from './caller-read';
export { type Carried, decodeCarrier } from './carrier';
export { Recognition } from './recognition';
export { SessionEntity } from './session.entity';
export { SessionIssuer } from './session-issuer';
export { op as sessionOperations } from './sessions.operations';
export { SessionsModule } from './sessions.module';
