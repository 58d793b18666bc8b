import { MetricUnit, type Metrics } from '@aws-lambda-powertools/metrics';
import type { Measure, Span } from '../domain/measure';

/** As infra/dashboard.yml and infra/alarms.yml name them. */
export const metricNames: Readonly<Record<Span, string>> = {
  acknowledge: 'TimeToAcknowledge',
  decide: 'TimeToDecide',
  fulfil: 'TimeToFulfil',
  remediate: 'TimeToRemediate',
};
export const outcomeMetric = 'Outcomes';

/**
 * Writes one measure to the log in the format from which CloudWatch makes metrics. Each set of dimensions is a metric
 * of its own and costs as one, so there are two a measure at most.
 */
export const emitThrough =
  (metrics: Metrics) =>
  (measure: Measure): void => {
    for (const sets of linesOf(measure)) {
      const one = metrics.singleMetric();
      for (const set of sets) one.addDimensions(set);
      if (measure.kind === 'time')
        one.addMetric(metricNames[measure.span], MetricUnit.Seconds, measure.seconds);
      else one.addMetric(outcomeMetric, MetricUnit.Count, 1);
    }
  };

/** Sets that share a dimension stand on lines of their own: Powertools warns of a key that comes twice. */
const linesOf = (measure: Measure): Record<string, string>[][] => {
  const { severity, account, playbook } = measure.by;
  if (measure.kind === 'time')
    return [[...(severity ? [{ severity }] : []), ...(account ? [{ account }] : [])]];
  const { outcome } = measure;
  return [[{ outcome }], ...(playbook ? [[{ outcome, playbook }]] : [])];
};
