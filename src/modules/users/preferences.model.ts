import { ObjectType } from '@nestjs/graphql';
import { Shown } from '../../contract/model';

/** Bytes of compact JSON. */
export const PREFS_LIMIT = 65_536;

/** Over REST the object itself; over GraphQL, which has no type for any object, its JSON text in `data`. */
@ObjectType('Preferences')
export class PreferencesModel {
  @Shown() data: string;
}
