import { ApolloDriver } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Operation } from '../contract/operation';
import { Projects } from '../modules/projects';
import { SessionsModule } from '../modules/sessions';
import { UsersModule } from '../modules/users';
import { Answer } from './answer';
import { AnswerModule } from './answer.module';
import { ErrorFilter } from './error.filter';
import { graphqlConfig } from './graphql';
import { HealthController } from './health.controller';
import { JwtBearer } from './jwt.strategy';
import { MessageMetrics } from './metrics/message-metrics';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';
import { RequestTimes } from './metrics/request-times';
import { OPERATIONS, OpenApiController } from './openapi.controller';
import { Pipeline } from './pipeline';
import { OAuthCookie } from './oauth-cookie';
import { OAuth2Controller } from './oauth2.controller';
import { Readiness } from './readiness';
import { AdmitMethod } from './steps/admit-method';
import { AuthenticateCaller } from './steps/authenticate-caller';
import { Authorize } from './steps/authorize';
import { RequireFactors } from './steps/require-factors';
import { ResolveProject } from './steps/resolve-project';
import { ValidateInput } from './validate-input.pipe';

@Module({})
export class EdgeModule {
  static forRoot(operations: readonly Operation[]): DynamicModule {
    const graphql = GraphQLModule.forRootAsync({
      driver: ApolloDriver,
      imports: [AnswerModule],
      inject: [Answer, Projects],
      useFactory: (answer: Answer, projects: Projects) => graphqlConfig(operations, answer, projects),
    });
    return {
      module: EdgeModule,
      imports: [UsersModule, SessionsModule, AnswerModule, graphql],
      controllers: [HealthController, OpenApiController, OAuth2Controller, MetricsController],
      providers: [
        ResolveProject,
        AuthenticateCaller,
        Authorize,
        RequireFactors,
        AdmitMethod,
        JwtBearer,
        Readiness,
        OAuthCookie,
        Metrics,
        MessageMetrics,
        RequestTimes,
        { provide: OPERATIONS, useValue: operations },
        { provide: APP_GUARD, useClass: Pipeline },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_PIPE, useClass: ValidateInput },
      ],
    };
  }
}
