import { egressText } from '../../src/operations/ec2/ingress-rule';
import { readEgressRules, removeEgressRules } from '../../src/operations/ec2/remove-egress-rules';
import { readIngressRules } from '../../src/operations/ec2/replace-ingress-rules';
import { groupId } from '../support/builders';
import { MemoryEc2 } from '../support/memory-ec2';
import { outboundGroup } from './samples/ec2-egress';
import { rule } from './samples/ec2-rules';

const run = 'rem-0000000000/0';
const everything = rule(-1, -1, { protocol: '-1' });
const web = rule(443, 443, { description: 'updates', tags: { owner: 'web' } });
const input = { groupId, remove: [everything, web] };

describe('the line for people', () => {
  it('of an outbound rule says where it goes', () => {
    expect(egressText(web)).toBe('TCP 443 to 0.0.0.0/0 “updates”');
  });

  it('of the operation counts the rules', () => {
    expect(removeEgressRules.describe(input)).toBe(`Remove 2 outbound rules of ${groupId}`);
    expect(removeEgressRules.describe({ groupId, remove: [web] })).toBe(
      `Remove 1 outbound rule of ${groupId}`,
    );
  });
});

describe('outbound rules', () => {
  it('are read apart from inbound ones, over all pages, in one order', async () => {
    const ec2 = outboundGroup([web, everything]);
    ec2.pageSize = 1;

    expect(await readEgressRules(ec2, groupId)).toEqual([everything, web]);
    expect(await readIngressRules(ec2, groupId)).toEqual([rule(443, 443)]);
  });

  it('go, and an inbound rule on the same port stays', async () => {
    const ec2 = outboundGroup([web]);

    await removeEgressRules.apply(ec2, input, [web], run);

    expect(await readEgressRules(ec2, groupId)).toEqual([]);
    expect(await readIngressRules(ec2, groupId)).toEqual([rule(443, 443)]);
    expect(ec2.calls[0]).toMatchObject({ name: 'ec2:RevokeSecurityGroupEgress' });
  });

  it('that somebody else took away meanwhile are gone all the same', async () => {
    const ec2 = outboundGroup([]);

    await removeEgressRules.apply(ec2, input, [web], run);

    expect(await readEgressRules(ec2, groupId)).toEqual([]);
  });

  it('of a group that is gone fail with EC2’s own code', async () => {
    const applied = removeEgressRules.apply(new MemoryEc2(), input, [web], run);

    await expect(applied).rejects.toThrow('InvalidGroup.NotFound');
  });
});

describe('the way back', () => {
  it('gives a rule that was added again by hand its words and tags back (law 7)', async () => {
    const ec2 = outboundGroup([{ ...web, description: 'by hand', tags: {} }]);
    const now = await readEgressRules(ec2, groupId);

    await removeEgressRules.undo(ec2, input, [web], now);

    expect(removeEgressRules.restored(now, input, [web])).toBe(false);
    expect(await readEgressRules(ec2, groupId)).toEqual([web]);
  });

  it('leaves what others added and took away, and tells of it', async () => {
    const [dns, ntp] = [53, 123].map((port) => rule(port, port, { protocol: 'udp' }));
    const ec2 = outboundGroup([dns!]);

    await removeEgressRules.undo(ec2, input, [web, ntp!], [dns!]);

    expect(await readEgressRules(ec2, groupId)).toEqual([web, dns]);
    expect(removeEgressRules.drift([web], [dns!])).toEqual([
      'added since: UDP 53 to 0.0.0.0/0',
      'removed since: TCP 443 to 0.0.0.0/0 “updates”',
    ]);
  });
});
