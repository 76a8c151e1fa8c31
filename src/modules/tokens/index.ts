export { TokenEntity } from './token.entity';
export { TokenModel } from './token.model';
export { TokensModule } from './tokens.module';
export { Tokens } from './tokens.service';
