import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

type Values = Record<string, unknown>;

interface Request {
  params?: unknown;
  body?: unknown;
  query?: unknown;
}

/** Where the parameters of a REST call may stand. A name in the path wins over the body, the body over the query. */
export class RestInput {
  private readonly sources: Values[];

  constructor({ params, body, query }: Request) {
    this.sources = [params, body, unflattened(query)].filter((each): each is Values => typeof each === 'object' && each !== null);
  }

  take(key: string): unknown {
    // Own properties only: a parameter called `constructor` is not there just because objects have one.
    for (const source of this.sources) if (Object.hasOwn(source, key)) return source[key];
    return undefined;
  }
}

/** SDKs write a list into a query as `queries[0]`, people as `queries[]`. Everything in a query is text; `true` and `false` are taken for what they say. */
function unflattened(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const values: Values = {};
  for (const [name, value] of Object.entries(query as Values)) {
    const [, list] = /^(\w+)\[\d*\]$/.exec(name) ?? [];
    if (list) values[list] = [...((values[list] as unknown[]) ?? []), ...(Array.isArray(value) ? (value as unknown[]) : [value])];
    else values[name] = value === 'true' ? true : value === 'false' ? false : value;
  }
  return values;
}

/** Hands a REST call's parameters to the pipe that checks them against the input class. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => new RestInput(context.switchToHttp().getRequest<Request>()));
