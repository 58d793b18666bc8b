import { findingIn, inspector, rejectionsIn, wrapped } from './inline';

const one = (more: Record<string, unknown>) => findingIn(wrapped.inspector(inspector(more)));

test('reads a vulnerability with the dates and regions that events have', () => {
  expect(one({})).toMatchObject({
    source: 'inspector',
    product: 'Inspector',
    productArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector',
    type: 'PACKAGE_VULNERABILITY',
    severity: 'high',
    region: 'eu-west-1',
    resources: [
      { kind: 'AwsEc2Instance', id: 'i-1', account: '111122223333', tags: { team: 'payments' } },
    ],
    firstSeenAt: '2025-12-03T18:02:30.000Z',
    updatedAt: '2025-12-04T00:02:30.000Z',
    reference: 'https://example.com/CVE-2026-0001',
  });
  expect(one({}).resources[0]).not.toHaveProperty('region');
});

test.each([
  [{ status: 'CLOSED' }, { record: 'archived', workflow: 'resolved' }],
  [{ status: 'SUPPRESSED' }, { record: 'active', workflow: 'suppressed' }],
  [{ status: 'ACTIVE' }, { record: 'active', workflow: 'new' }],
  [{ severity: 'UNTRIAGED' }, { severity: 'medium' }],
  [{ updatedAt: 'N/A' }, { updatedAt: '2026-01-02T03:04:05.000Z' }],
])('reads %j', (more, expected) => {
  expect(one(more)).toMatchObject(expected);
});

test('rejects what names no resource', () => {
  expect(rejectionsIn(wrapped.inspector(inspector({ resources: [] })))).toEqual([
    'it names no resource',
  ]);
});

test('rejects what has neither id nor account', () => {
  expect(rejectionsIn(wrapped.inspector({}))).toEqual([
    'its id is missing or too long; its account is missing; it names no resource',
  ]);
});
