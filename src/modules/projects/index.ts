export { ProjectsModule } from './projects.module';
export { Projects } from './projects.service';
