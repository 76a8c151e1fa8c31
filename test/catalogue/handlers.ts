import { PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OPERATION, type Operation, OUTSIDE } from '../../src/contract/operation';
import { PagesModule } from '../../src/pages/pages.module';

/** Where @nestjs/graphql writes that a method is a root field: `Query` or `Mutation`, and its name. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';

export interface Handler {
  /** `SessionsController.delete` */
  name: string;
  row?: Operation;
  outside: boolean;
  /** Under src/pages. */
  page: boolean;
}

export interface RestHandler extends Handler {
  paths: string[];
}

export interface GraphqlHandler extends Handler {
  kind: string;
  field: string;
}

/** Every method of the running app that a caller can reach. */
export function handlersOf(nest: NestFastifyApplication): { rest: RestHandler[]; graphql: GraphqlHandler[] } {
  const rest: RestHandler[] = [];
  const graphql: GraphqlHandler[] = [];
  for (const module of nest.get(ModulesContainer).values()) {
    const page = module.metatype === PagesModule;
    for (const { metatype } of module.controllers.values()) {
      for (const [method, common] of methodsOf(metatype, page)) {
        const paths = Reflect.getMetadata(PATH_METADATA, method) as string | string[] | undefined;
        if (paths !== undefined) rest.push({ ...common, paths: [paths].flat() });
      }
    }
    for (const { metatype } of module.providers.values()) {
      for (const [method, common] of methodsOf(metatype, page)) {
        const kind = Reflect.getMetadata(RESOLVER_TYPE, method) as string | undefined;
        if (kind === 'Query' || kind === 'Mutation') graphql.push({ ...common, kind, field: Reflect.getMetadata(RESOLVER_NAME, method) as string });
      }
    }
  }
  return { rest, graphql };
}

function* methodsOf(metatype: unknown, page: boolean): Generator<[object, Handler]> {
  if (typeof metatype !== 'function') return;
  const prototype = metatype.prototype as object | undefined;
  for (const key of Object.getOwnPropertyNames(prototype ?? {})) {
    const method = Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown;
    if (key === 'constructor' || typeof method !== 'function') continue;
    const row = Reflect.getMetadata(OPERATION, method) as Operation | undefined;
    const outside = [method, metatype].some((target) => Reflect.hasMetadata(OUTSIDE, target));
    yield [method, { name: `${metatype.name}.${key}`, row, outside, page }];
  }
}
