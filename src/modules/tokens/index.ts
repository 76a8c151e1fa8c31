export { linkTo } from './link';
export { TokenEntity, type TokenKind } from './token.entity';
export { TokenModel } from './token.model';
export { TokensModule } from './tokens.module';
export { op as tokenOperations } from './tokens.operations';
export { Tokens } from './tokens.service';
export { MAGIC_URL_PAGE } from './token-requests.service';
