import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Operation } from '../contract/operation';
import { Clock } from '../infra/clock';
import { SessionsModule } from '../modules/sessions';
import { UsersModule } from '../modules/users';
import { AnswerInterceptor } from './answer.interceptor';
import { ErrorFilter } from './error.filter';
import { graphqlConfig } from './graphql';
import { HealthController } from './health.controller';
import { JwtBearer } from './jwt.strategy';
import { Pipeline } from './pipeline';
import { Readiness } from './readiness';
import { SessionCookie } from './session-cookie';
import { AdmitMethod } from './steps/admit-method';
import { AuthenticateCaller } from './steps/authenticate-caller';
import { Authorize } from './steps/authorize';
import { CounterStorage } from './steps/counter-storage';
import { LimitRate } from './steps/limit-rate';
import { ResolveProject } from './steps/resolve-project';
import { ValidateInput } from './validate-input.pipe';

@Module({})
export class EdgeModule {
  static forRoot(operations: readonly Operation[]): DynamicModule {
    return {
      module: EdgeModule,
      imports: [UsersModule, SessionsModule, GraphQLModule.forRoot(graphqlConfig(operations))],
      controllers: [HealthController],
      providers: [
        ResolveProject,
        AuthenticateCaller,
        Authorize,
        // By hand: the class it extends asks the injector for the throttler's own module.
        { provide: LimitRate, useFactory: (...parts: ConstructorParameters<typeof LimitRate>) => new LimitRate(...parts), inject: [CounterStorage, Clock, Reflector] },
        CounterStorage,
        AdmitMethod,
        SessionCookie,
        JwtBearer,
        Readiness,
        { provide: APP_GUARD, useClass: Pipeline },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_PIPE, useClass: ValidateInput },
      ],
      exports: [Readiness],
    };
  }
}
