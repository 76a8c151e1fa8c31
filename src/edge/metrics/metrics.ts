import { Injectable } from '@nestjs/common';
import type { Metric, Registry } from 'prom-client';
import { VERSION } from '../../version';
import { MessageMetrics } from './message-metrics';
import { RequestTimes } from './request-times';

/** Everything that is measured, as Prometheus reads it. Loaded at the first scrape: who does not measure does not pay. */
@Injectable()
export class Metrics {
  private registry?: Promise<Registry>;

  constructor(
    private readonly messages: MessageMetrics,
    private readonly times: RequestTimes,
  ) {}

  async text(): Promise<{ type: string; body: string }> {
    const registry = await (this.registry ??= this.load());
    return { type: registry.contentType, body: await registry.metrics() };
  }

  private async load(): Promise<Registry> {
    const prometheus = await import('prom-client');
    const registry = new prometheus.Registry();
    new prometheus.Gauge({ name: 'latchkey_build_info', help: 'Always 1; the labels tell what runs.', labelNames: ['version', 'node'], registers: [registry] }).set({ version: VERSION, node: process.versions.node }, 1);
    this.messages.register(prometheus, registry);
    registry.registerMetric(this.times as unknown as Metric);
    prometheus.collectDefaultMetrics({ register: registry });
    return registry;
  }
}
