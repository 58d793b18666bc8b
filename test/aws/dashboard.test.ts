import * as z from 'zod/mini';
import { parse, type ScalarTag } from 'yaml';
import { metricNames, outcomeMetric } from '../../src/aws/metrics';
import { textOf } from '../../tools/source';

const tags = ['Ref', 'Sub', 'GetAtt'].map((name): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => text,
}));
const Template = z.object({ Resources: z.record(z.string(), z.any()) });
const resourcesOf = (file: string): Record<string, { Type: string; Properties: unknown }> =>
  Template.parse(parse(textOf(file), { customTags: tags, logLevel: 'error' })).Resources;

const Widget = z.object({
  type: z.string(),
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  properties: z.looseObject({ title: z.string() }),
});
const Body = z.object({ widgets: z.array(Widget) });

const alarms = resourcesOf('infra/alarms.yml');
const { DashboardBody: text } = z
  .object({ DashboardBody: z.string() })
  .parse(resourcesOf('infra/dashboard.yml')['Dashboard']?.Properties);
const { widgets } = Body.parse(JSON.parse(text));

it('is a page that CloudWatch can show: 24 columns, nothing over anything else', () => {
  const cells = widgets.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`,
    ),
  );

  expect(new Set(cells).size).toBe(cells.length);
  expect(widgets.filter(({ x, width }) => x + width > 24)).toEqual([]);
});

it('shows every alarm there is', () => {
  const shown = [...text.matchAll(/\$\{(\w+)\.Arn\}"/g)].map(([, name]) => name);
  const known = Object.entries(alarms)
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([name]) => name);

  const listed = shown.filter((name) => name?.endsWith('Alarm'));

  expect(listed).toHaveLength(known.length);
  expect(new Set(listed)).toEqual(new Set(known));
});

it('names only metrics that are written, as do the alarms', () => {
  const searched = [...text.matchAll(/MetricName=\\"(\w+)\\" service=\\"(.*?)\\"/g)];
  const ours = Object.values(alarms)
    .map(({ Properties = {} }) => Properties as { Namespace?: string; MetricName?: string })
    .filter(
      ({ Namespace, MetricName }) => Namespace === 'Drawbridge' && MetricName !== 'SlackFailures',
    )
    .map(({ MetricName }) => MetricName);
  const written: readonly unknown[] = [...Object.values(metricNames), outcomeMetric];

  expect(searched.length).toBeGreaterThan(4);
  expect(
    [...searched.map(([, name]) => name), ...ours].filter((name) => !written.includes(name)),
  ).toEqual([]);
});

it('counts the stage that it belongs to: the same name as the function writes', () => {
  const { functions } = z
    .object({
      functions: z.object({ relay: z.object({ environment: z.record(z.string(), z.any()) }) }),
    })
    .parse(parse(textOf('serverless.yml'), { customTags: tags, logLevel: 'error' }));
  const service = functions.relay.environment['POWERTOOLS_SERVICE_NAME'];
  const named = [
    ...[...text.matchAll(/service=\\"(.*?)\\"/g)].map(([, name]) => name),
    ...[...textOf('infra/alarms.yml').matchAll(/Name: service, Value: '(.*?)'/g)].map(
      ([, name]) => name,
    ),
  ];

  expect(new Set(named)).toEqual(new Set([service]));
});
