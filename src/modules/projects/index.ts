export { Postage, type Stamp } from './postage';
export { ProjectsModule } from './projects.module';
export { Projects } from './projects.service';
