import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CliModule } from '../app.module';
import type { Configuration } from '../config/preflight';
import type { Project } from '../contract/project';
import { Log, nestLogger } from '../infra/log';
import { configure } from '../start';
import { WrongUsage } from './exit-code';

/** Hands out the product's services. */
export type Get = <Service>(type: Type<Service>) => Service;

/** Runs a command with the product's services, on the accounts of one project. */
export function inProject<Result>(id: string | undefined, work: (get: Get, project: Project) => Promise<Result>): Promise<Result> {
  const configuration = configure('cli');
  const project = chosen(configuration.projects, id);
  return withServices(configuration, (get) => work(get, project));
}

/** As {@link inProject}, on the one that is named, else on all. */
export function inProjects<Result>(id: string | undefined, work: (get: Get, projects: readonly Project[]) => Promise<Result>): Promise<Result> {
  const configuration = configure('cli');
  const { projects } = configuration;
  const named = id === undefined ? projects : [chosen(projects, id)];
  return withServices(configuration, (get) => work(get, named));
}

async function withServices<Result>(configuration: Configuration, work: (get: Get) => Promise<Result>): Promise<Result> {
  const logger = nestLogger(new Log(configuration.settings));
  const context = await NestFactory.createApplicationContext(CliModule.with(configuration), { logger, abortOnError: false });
  try {
    return await work((type) => context.get(type, { strict: false }));
  } finally {
    await context.close();
  }
}

/** Only one need not be named. @throws WrongUsage */
function chosen(projects: Project[], id: string | undefined): Project {
  if (id === undefined && projects.length === 1) return projects[0];
  const found = projects.find((project) => project.id === id);
  if (found) return found;
  const ids = projects.map((project) => project.id).join(', ');
  throw new WrongUsage(id === undefined ? `say which project with --project: ${ids}` : `no project ${id}; there are: ${ids}`);
}
