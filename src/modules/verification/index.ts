export { ConfirmInput } from './verification.input';
export { VerificationModule } from './verification.module';
export { op as verificationOperations } from './verification.operations';
export { Verification } from './verification.service';
