import { read } from '../../src/findings/index';
import { envelope } from './events';
import { asff, guardDuty, wrapped } from './inline';

const event = wrapped.asff(asff());
const sns = (...messages: unknown[]) => ({
  Records: messages.map((message) => ({ Sns: { Message: JSON.stringify(message) } })),
});

test.each([
  ['JSON text', JSON.stringify(event)],
  ['JSON text of JSON text', JSON.stringify(JSON.stringify(event))],
  ['an SNS event', sns(event)],
  ['an SNS notification', { Type: 'Notification', Message: JSON.stringify(event) }],
  [
    'an SNS notification as text',
    JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) }),
  ],
])('reads the same finding from %s', (_, given) => {
  expect(read(given)).toEqual(read(event));
});

const pressed = (detail: unknown) =>
  envelope('aws.securityhub', 'Security Hub Findings - Custom Action', detail, {
    resources: ['arn:aws:securityhub:eu-west-1:111122223333:action/custom/SendToDrawbridge'],
  });

test('reads all records of an SNS event and keeps what cannot be read', () => {
  const reading = read(
    sns(
      envelope('aws.s3', 'Object Created', {}),
      wrapped.guardDuty(guardDuty()),
      { nothing: true },
      pressed({ findings: [asff()] }),
      envelope('aws.s3', 'Object Created', {}),
    ),
  );

  expect(reading).toMatchObject({
    kind: 'findings',
    via: 'custom action',
    findings: [{ source: 'guardduty' }, { source: 'security-hub' }],
    rejected: [{ raw: '{"nothing":true}' }],
  });
});

test('keeps the custom action of an earlier record', () => {
  const action = pressed({ findings: [asff()] });

  expect(read(sns(action, event))).toMatchObject({ via: 'custom action' });
});

test('is sent here by our own button only', () => {
  const of = (resources: string[], type = 'Custom Action') =>
    read(
      envelope(
        'aws.securityhub',
        `Security Hub Findings - ${type}`,
        { findings: [asff()] },
        { resources },
      ),
    );
  const others = of(['arn:aws:securityhub:eu-west-1:111122223333:action/custom/Ticket']);
  const forged = of(['arn:aws:securityhub:eu-west-1:1:action/custom/SendToDrawbridge'], 'Imported');

  expect([others, forged]).toMatchObject([{ via: 'import' }, { via: 'import' }]);
});

test.each([
  ['aws.securityhub', 'Security Hub Insight Results', 'insight results'],
  ['aws.securityhub', 'Security Hub Findings', '"Security Hub Findings" events of aws.securityhub'],
  ['aws.inspector2', 'Inspector2 Scan', 'scan report'],
  ['aws.inspector2', 'Inspector2 Coverage', '"Inspector2 Coverage" events'],
  ['aws.access-analyzer', 'Access Preview State Change', 'access preview'],
  ['aws.guardduty', 'GuardDuty Malware Protection Object Scan Result', 'malware scan result'],
  ['aws.guardduty', 'AWS API Call via CloudTrail', '"AWS API Call via CloudTrail" events'],
  ['aws.macie', 'Macie Alert', '"Macie Alert" events'],
  ['aws.ecr', 'ECR Image Scan', 'events of aws.ecr'],
  ['__proto__', 'constructor', 'events of __proto__'],
])('says why %s "%s" is not a finding', (source, type, because) => {
  expect(read(envelope(source, type, {}))).toEqual({
    kind: 'not a finding',
    because: expect.stringContaining(because),
  });
});

test.each([
  ['text that is not JSON', 'Hello <@U1>', 'it is text, but not JSON'],
  ['nothing', undefined, 'no EventBridge envelope'],
  ['null', null, 'no EventBridge envelope'],
  ['a number', 7, 'no EventBridge envelope'],
  ['a raw finding', asff(), 'no EventBridge envelope'],
  ['SNS records without a message', { Records: [] }, 'no EventBridge envelope'],
  [
    'an event of Security Hub without findings',
    envelope('aws.securityhub', 'Findings Imported V2', 7),
    'no list',
  ],
])('cannot read %s and says so', (_, given, because) => {
  expect(read(given)).toEqual({ kind: 'unreadable', because: expect.stringContaining(because) });
});

test('an empty list of findings is not a finding', () => {
  expect(read(wrapped.asff())).toMatchObject({ kind: 'not a finding' });
});

test('opens no more than a few layers', () => {
  let message: unknown = event;
  for (let layer = 0; layer < 9; layer += 1) message = JSON.stringify(message);

  expect(read(message)).toMatchObject({ kind: 'unreadable' });
});

test('survives objects that throw and nesting deeper than the stack', () => {
  const thrower = (error: unknown) =>
    new Proxy(
      {},
      {
        get: () => {
          throw error;
        },
      },
    );
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = [deep];

  expect(read(thrower(new Error('boo')))).toMatchObject({ because: 'reading it failed: boo' });
  expect(read(thrower('boo'))).toMatchObject({ because: 'reading it failed: unknown error' });
  expect(read(wrapped.macie(deep))).toMatchObject({ kind: 'unreadable' });
});

test('rejects an event without detail', () => {
  expect(read(wrapped.macie(undefined))).toMatchObject({
    findings: [],
    rejected: [{ raw: 'null' }],
  });
});
