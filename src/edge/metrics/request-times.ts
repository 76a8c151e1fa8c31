import { Injectable } from '@nestjs/common';
import type { FastifyInstance, onResponseHookHandler, RouteOptions } from 'fastify';
import { API_PREFIX, type Operation, restRoute } from '../../contract/operation';

/** Seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];

/** How long the answers of one class took: counts a bucket, the last one for those above all bounds. */
class Times {
  readonly buckets = new Float64Array(BOUNDS.length + 1);
  sum = 0;

  add(seconds: number): void {
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) bucket += 1;
    this.buckets[bucket] += 1;
    this.sum += seconds;
  }
}

interface Sample {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

/**
 * The histogram of requests. Our own, since prom-client's makes and hashes a labels object for every observation: here a
 * request adds to a slot that was made with its route.
 */
@Injectable()
export class RequestTimes {
  readonly name = 'latchkey_http_request_duration_seconds';
  readonly help = 'Time from the arrival of a request to the end of its answer.';
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  /** By operation, or route where there is none; then by class. Bounded by what there is. */
  private readonly routes = new Map<string, (Times | undefined)[]>();

  watch(fastify: FastifyInstance, operations: readonly Operation[]): void {
    const names = new Map(operations.flatMap((row) => pathsOf(row).map((path) => [path, row.name])));
    fastify.addHook('onRoute', (route) => {
      const name = [route.method].flat().map((method) => names.get(`${method} ${route.url}`)).find(Boolean) ?? route.url;
      route.onResponse = [...hooksOf(route), this.observer(name)];
    });
  }

  /** What the registry asks for. */
  get() {
    const values = [...this.routes].flatMap(([operation, classes]) => classes.flatMap((times, nth) => (times ? this.samples(times, { operation, status: CLASSES[nth] }) : [])));
    return { name: this.name, help: this.help, type: this.type, aggregator: this.aggregator, values };
  }

  private observer(name: string): onResponseHookHandler {
    const classes = this.routes.get(name) ?? CLASSES.map(() => undefined);
    this.routes.set(name, classes);
    return (_, reply, done) => {
      const nth = Math.floor(reply.statusCode / 100) - 1;
      (classes[nth] ??= new Times()).add(reply.elapsedTime / 1_000);
      done();
    };
  }

  private samples({ buckets, sum }: Times, labels: Record<string, string>): Sample[] {
    let count = 0;
    const below = BOUNDS.map((le, nth) => ({ metricName: `${this.name}_bucket`, labels: { ...labels, le }, value: (count += buckets[nth]) }));
    count += buckets[BOUNDS.length];
    return [
      ...below,
      { metricName: `${this.name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: count },
    ];
  }
}

function pathsOf(row: Operation): string[] {
  const { method, path } = restRoute(row);
  return [path, ...(row.aliases ?? [])].map((each) => `${method} ${API_PREFIX}${each.replace(/\{(\w+)\}/g, ':$1')}`);
}

function hooksOf({ onResponse }: RouteOptions): onResponseHookHandler[] {
  return onResponse === undefined ? [] : [onResponse].flat();
}
