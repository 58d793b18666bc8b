import { aWorld, remediate } from '../support/world';

it('goes the whole road: request, plan, decision, change, read-back, resolved', async () => {
  const world = await aWorld();

  const { status } = await remediate(world);

  expect(status.state).toBe('done');
  expect(world.rules()).toMatchObject([
    { FromPort: 20, ToPort: 21, Description: 'temporary', Tags: [{ Key: 'owner', Value: 'web' }] },
    { FromPort: 23, ToPort: 25, Description: 'temporary', Tags: [{ Key: 'owner', Value: 'web' }] },
  ]);
  expect(world.source.written).toMatchObject([{ workflow: 'RESOLVED' }]);
  expect(await world.trail()).toEqual([
    'finding.received',
    'remediation.requested',
    'remediation.planned',
    'approval.asked',
    'approval.given',
    'step.applied',
    'remediation.done',
    'finding.resolved',
  ]);
});
