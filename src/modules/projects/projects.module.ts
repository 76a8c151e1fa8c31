import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Settings } from '../../config/settings';
import type { Project } from '../../contract/project';
import { Postage } from './postage';
import { Projects } from './projects.service';

@Global()
@Module({})
export class ProjectsModule {
  static forRoot(projects: readonly Project[]): DynamicModule {
    return {
      module: ProjectsModule,
      providers: [{ provide: Projects, useFactory: (settings: Settings) => new Projects(projects, settings), inject: [Settings] }, Postage],
      exports: [Projects, Postage],
    };
  }
}
