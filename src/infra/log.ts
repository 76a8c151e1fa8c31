import { Injectable, type LoggerService } from '@nestjs/common';
import pino from 'pino';
import { Settings } from '../config/settings';

/**
 * One JSON line an event, to standard error, so that what a command prints for people stays apart.
 * Callers pass fields, never whole requests or bodies: what is not passed cannot leak.
 */
@Injectable()
export class Log {
  private readonly pino: pino.Logger;

  constructor(settings: Settings) {
    this.pino = pino(
      {
        level: settings.LOG_LEVEL,
        base: undefined,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (level) => ({ level }) },
        serializers: { err: causeOf },
      },
      pino.destination({ dest: 2, sync: false }),
    );
  }

  debug(event: string, fields: Record<string, unknown> = {}): void {
    this.pino.debug(fields, event);
  }

  info(event: string, fields: Record<string, unknown> = {}): void {
    this.pino.info(fields, event);
  }

  warn(event: string, fields: Record<string, unknown> = {}): void {
    this.pino.warn(fields, event);
  }

  /** @param cause its stack goes into the log and nowhere else */
  error(event: string, cause: unknown, fields: Record<string, unknown> = {}): void {
    this.pino.error({ ...fields, err: cause }, event);
  }
}

/**
 * Of an error what finds its place: type, code, message, stack. Never the rest: a failed query carries its parameters,
 * which are addresses and hashes, and a database quotes values in its messages.
 */
export function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const text = (said: string | undefined) => ('parameters' in error ? said?.replace(/'[^'\n]*'/g, "'…'") : said);
  return { type: error.constructor.name, code, message: text(error.message), stack: text(error.stack) };
}

/** Nest's own messages, in our form; its start-up chatter only when debugging. */
export function nestLogger(log: Log): LoggerService {
  const fields = (context: unknown) => (typeof context === 'string' ? { context } : {});
  return {
    log: (message: string, context?: unknown) => log.debug(message, fields(context)),
    debug: (message: string, context?: unknown) => log.debug(message, fields(context)),
    verbose: (message: string, context?: unknown) => log.debug(message, fields(context)),
    warn: (message: string, context?: unknown) => log.warn(message, fields(context)),
    error: (message: unknown, ...rest: unknown[]) => log.error('nest', message instanceof Error ? message : rest[0], { message: String(message) }),
    fatal: (message: unknown, ...rest: unknown[]) => log.error('nest', message instanceof Error ? message : rest[0], { message: String(message) }),
  };
}
