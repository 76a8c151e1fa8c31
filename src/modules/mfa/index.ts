export { MfaModule } from './mfa.module';
export { op as mfaOperations } from './mfa.operations';
