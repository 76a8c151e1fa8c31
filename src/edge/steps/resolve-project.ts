import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { fail } from '../../contract/errors';
import type { Project } from '../../contract/project';
import { Projects } from '../../modules/projects';
import type { Exchange } from '../exchange';
import { header, projectIdOf } from '../headers';

/** Whose users are these? */
@Injectable()
export class ResolveProject {
  constructor(private readonly projects: Projects) {}

  /** @throws Failure `project_not_found`, `general_unknown_origin`, `general_service_disabled`, `general_api_disabled` */
  run({ request, operation, transport }: Exchange): Project {
    const id = projectIdOf(request);
    const project = id ? this.projects.find(id) : undefined;
    if (!project) throw fail('project_not_found');

    const hasKey = request.headers['x-appwrite-key'] !== undefined;
    // Keys are for servers: they send no Origin of a page, and switches are for the public.
    if (!hasKey) {
      if (!operation.rest.startsWith('GET')) this.checkOrigin(project, request);
      if (!project.services.account) throw fail('general_service_disabled');
      if (!project.services[transport]) throw fail('general_api_disabled');
    }
    return project;
  }

  /** No Origin, no page: native apps and servers. `null` is the origin of sandboxed and local pages, and of nobody we know. */
  private checkOrigin(project: Project, request: FastifyRequest): void {
    const origin = header(request, 'origin') ?? header(request, 'referer');
    // Our own pages give no referrer away, and browsers then call their origin null; where they come from stands here, unforgeable for scripts.
    if (origin === 'null' && header(request, 'sec-fetch-site') === 'same-origin') return;
    if (origin !== undefined && !this.projects.allowsOrigin(project, origin)) throw fail('general_unknown_origin');
  }
}
