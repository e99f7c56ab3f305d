import { collectDefaultMetrics, Histogram, register } from 'prom-client';

collectDefaultMetrics({ prefix: 'rapport_' });

const answers = new Histogram({
  name: 'rapport_api_answer_seconds',
  help: 'Time to answer an API call, by endpoint and status',
  labelNames: ['endpoint', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
});

export function countAnswer(endpoint: string, status: number, durationMs: number): void {
  answers.observe({ endpoint, status }, durationMs / 1000);
}

/** All metrics of this process in Prometheus' text format. */
export function metricsText(): Promise<string> {
  return register.metrics();
}
