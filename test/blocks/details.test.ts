import { detailsModal } from '../../blocks/details';
import { groupCard } from '../../blocks/group-card';
import { decodeClick } from '../../blocks/intent';
import { aFinding } from '../support/builders';
import { ann, rita } from '../support/people';
import { aGroup, aMember, groupId } from './support/desk';
import { buttonsOf, liveLeaves, parts, words } from './support/reading';
import { at, channel, later, link, policy, record } from './support/samples';

const details = (more: Parameters<typeof record>[0] = {}, trail = [link(1), link(2)]) =>
  detailsModal(record(more), trail, policy, channel);
const intents = (shown: unknown) =>
  parts(shown)
    .filter(({ type, url }) => type === 'button' && !url)
    .map(({ action_id, value }) => decodeClick(String(action_id), String(value)));

describe('the details of a finding', () => {
  it('say what, where, how bad, since when, and by which ids', () => {
    const said = words(details({ count: 4 }).blocks);
    expect(said).toContain('🔴 Security groups should not allow ingress');
    expect(said).toContain('Severity high · State active, new, failed');
    expect(said).toContain('Where security (111122223333), eu-west-1');
    expect(said).toContain('Control EC2.13');
    expect(said).toContain('Seen 4 times, first');
    expect(words(details({ count: 1 }).blocks)).toContain('Seen once,');
    expect(said).toContain('to port 22 Port 22 is open to everybody. Severity high');
    expect(said).toContain('Resources (1) AwsEc2SecurityGroup arn:aws:ec2');
  });

  it('say what people decided', () => {
    const view = details({
      acknowledged: { by: rita.id, name: 'Rita', at },
      assignee: { id: ann.id, name: 'Ann' },
      exception: { reason: 'a bastion', until: later },
    });
    expect(words(view.blocks)).toMatch(/Acknowledged .*Assigned to .*Suppressed until “a bastion”/);
    expect(liveLeaves(view.blocks)).toMatchObject([{ user_id: rita.id }, { user_id: ann.id }]);
  });

  it('do without what is not known', () => {
    const finding = aFinding({ control: undefined, compliance: undefined, region: undefined });
    const said = words(details({ finding }).blocks);
    expect(said).toContain('State active, new Where security (111122223333), no region');
    expect(said).not.toContain('Control');
    expect(said).not.toContain('Acknowledged');
  });

  it('show tags of the resources, four at most', () => {
    const tags = { a: '1', b: '2', c: '3', d: '4', e: '5' };
    const finding = aFinding({ resources: [{ kind: 'AwsS3Bucket', id: 'ledger', tags }] });
    const said = words(details({ finding }).blocks);
    expect(said).toContain('AwsS3Bucket ledger – a=1 b=2 c=3 d=4');
    expect(said).not.toContain('e=5');
  });

  it('tell the history, newest first', () => {
    const approved = link(2, { actor: { kind: 'person', id: ann.id, name: 'Ann' } });
    expect(words(details({}, [link(1), approved]).blocks)).toMatch(
      /History \(2\) 📥 received #2 .* Drawbridge 📥 received #1/,
    );
  });

  it('lead into the console, and to the whole of it as a file', () => {
    const { blocks } = details();
    expect(buttonsOf(blocks)).toEqual([
      'Resource in the console',
      'Who changed it (CloudTrail)',
      'Finding in Security Hub',
      'Post as file',
    ]);
    expect(intents(blocks)).toEqual([
      { kind: 'finding.file', finding: record().finding.key, channel },
    ]);
  });

  it('offer a card of its own where it shares one', () => {
    const { blocks } = details({ group: { id: groupId, shown: 'soon' } });
    expect(buttonsOf(blocks)).toContain('Give it its own card');
    expect(intents(blocks)[0]).toMatchObject({ kind: 'finding.card', channel });
  });
});

describe('the card of a group', () => {
  const members = [
    ...Array.from({ length: 30 }, (_, index) => aMember(index)),
    aMember(30, { severity: 'critical' }),
    aMember(31, { severity: 'low' }),
  ];
  const card = (kind: 'storm' | 'digest' | 'quiet', shown = members, like = aGroup().like) =>
    groupCard(aGroup({ kind, like }), shown, [record()], policy);

  it('of a storm says how many, how bad, where, and since when', () => {
    const { text, blocks } = card('storm');
    const said = words(blocks);
    expect(text).toContain('32 more like this: EC2.13 Security groups');
    expect(said).toContain('🌩️ 32 more like this');
    expect(said).toContain('How bad 🚨 1 critical, 🔴 30 high, 🟡 1 low');
    expect(said).toContain('Where security (111122223333): 32');
    expect(said).toContain('🔴 sg-0a1b2c3d security');
  });

  it('of a list says what is in it, since its members differ', () => {
    const { blocks } = card('digest', members, 'findings of the day');
    expect(words(blocks)).toContain('📰 32 findings of the day');
    expect(words(blocks)).toContain('🔴 Security groups should not allow');
    expect(words(card('quiet', [aMember(1)], 'findings that waited').blocks)).toContain(
      '🌙 1 finding',
    );
  });

  it('has one button, which lists all of them', () => {
    const { blocks } = card('storm');
    expect(buttonsOf(blocks)).toEqual(['Show all…']);
    expect(intents(blocks)).toEqual([{ kind: 'group.show', group: groupId, from: '0' }]);
  });

  it('names a member without a resource', () => {
    const bare = record({ finding: aFinding({ resources: [] }) });
    expect(words(groupCard(aGroup(), members, [bare], policy).blocks)).toContain('no resource');
  });
});
