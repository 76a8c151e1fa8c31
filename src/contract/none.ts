import { ObjectType } from '@nestjs/graphql';
import { Shown } from './model';

/** What an operation without a result answers over GraphQL, which cannot be silent. */
@ObjectType('None')
export class None {
  @Shown() status: string;
}
