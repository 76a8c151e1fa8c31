export { AccountModule } from './account.module';
export { op as accountOperations } from './account.operations';
