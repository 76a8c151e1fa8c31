import { ObjectType } from '@nestjs/graphql';
import { Shown } from '../../contract/model';

/** Over REST the object itself; over GraphQL, which has no type for any object, its JSON text in `data`. */
@ObjectType('Preferences')
export class PreferencesModel {
  @Shown() data: string;
}
