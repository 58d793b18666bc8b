import { Metrics } from '@aws-lambda-powertools/metrics';
import { emitThrough } from '../../src/aws/metrics';
import type { Measure } from '../../src/domain/measure';

const by = {
  severity: 'high',
  account: '111122223333',
  playbook: 'close-ec2-admin-ports',
} as const;

/** What is written to the log, as CloudWatch reads it. */
const written = (measure: Measure) => {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    emitThrough(new Metrics({ namespace: 'Drawbridge', serviceName: 'drawbridge-test' }))(measure);
    return out.mock.calls.map(([text]) => JSON.parse(String(text)) as Record<string, unknown>);
  } finally {
    out.mockRestore();
  }
};

it('a time is one line: by severity, and by account', () => {
  expect(written({ kind: 'time', span: 'decide', seconds: 90, by })).toMatchObject([
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Drawbridge',
            Dimensions: [
              ['service', 'severity'],
              ['service', 'account'],
            ],
            Metrics: [{ Name: 'TimeToDecide', Unit: 'Seconds' }],
          },
        ],
      },
      service: 'drawbridge-test',
      severity: 'high',
      account: '111122223333',
      TimeToDecide: 90,
    },
  ]);
});

it('an outcome is two lines: in all, and by playbook', () => {
  const warned = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const lines = written({ kind: 'outcome', outcome: 'held', by });
  const warnings = warned.mock.calls.length;
  warned.mockRestore();

  const metric = (Dimensions: string[]) => ({
    CloudWatchMetrics: [
      {
        Namespace: 'Drawbridge',
        Dimensions: [Dimensions],
        Metrics: [{ Name: 'Outcomes', Unit: 'Count' }],
      },
    ],
  });
  expect(lines).toMatchObject([
    { _aws: metric(['service', 'outcome']), outcome: 'held', Outcomes: 1 },
    {
      _aws: metric(['service', 'outcome', 'playbook']),
      outcome: 'held',
      playbook: 'close-ec2-admin-ports',
      Outcomes: 1,
    },
  ]);
  expect(warnings).toBe(0);
});

it('what is not known is no dimension', () => {
  expect(written({ kind: 'outcome', outcome: 'held', by: {} })).toHaveLength(1);

  const [line] = written({ kind: 'time', span: 'fulfil', seconds: 1, by: {} });

  expect(line).toMatchObject({
    _aws: { CloudWatchMetrics: [{ Dimensions: [['service']] }] },
    TimeToFulfil: 1,
  });
});

it('each measure of its own: what was written before does not come again', () => {
  const twice = [1, 2].flatMap(() => written({ kind: 'time', span: 'decide', seconds: 1, by }));

  expect(twice).toHaveLength(2);
});
