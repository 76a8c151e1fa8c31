import { Module } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock } from '../infra/clock';
import { Answer } from './answer';
import { SessionCookie } from './session-cookie';
import { CounterStorage } from './steps/counter-storage';
import { LimitRate } from './steps/limit-rate';

/** What turns results into answers; apart from the edge itself, since the GraphQL schema is built with it. */
@Module({
  providers: [
    Answer,
    SessionCookie,
    CounterStorage,
    // By hand: the class it extends asks the injector for the throttler's own module.
    { provide: LimitRate, useFactory: (...parts: ConstructorParameters<typeof LimitRate>) => new LimitRate(...parts), inject: [CounterStorage, Clock, Reflector] },
  ],
  exports: [Answer, SessionCookie, CounterStorage, LimitRate],
})
export class AnswerModule {}
