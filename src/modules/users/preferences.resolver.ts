import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PreferencesModel } from './preferences.model';

@Resolver(() => PreferencesModel)
export class PreferencesResolver {
  @ResolveField()
  data(@Parent() prefs: object): string {
    return JSON.stringify(prefs);
  }
}
