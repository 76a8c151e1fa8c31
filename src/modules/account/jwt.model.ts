import { ObjectType } from '@nestjs/graphql';
import { Shown } from '../../contract/model';

@ObjectType('Jwt')
export class JwtModel {
  @Shown() jwt: string;
}
