import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { beyond, idle, isOfEvidence, isOfGate } from './granted';
import {
  buttonOf,
  cardNow,
  cardWith,
  channel,
  fillIn,
  ingressOf,
  openWorld,
  outputOf,
  press,
  security,
  until,
  untilState,
  workloads,
} from './road';

/** The road's other turns: no, not any more, not possible, not readable. */
describe('when it does not go straight', () => {
  let world: World;
  let rdp: string;
  let web: string;

  const driver = () => world.slack.driver;
  const ask = async (ts: string): Promise<void> => {
    await press(driver(), 'U0RITA', ts, 'remediation.preview');
    await fillIn(driver(), 'U0RITA', 'it is open to the world');
    await untilState(driver(), ts, 'awaiting approval');
  };

  beforeAll(async () => {
    world = await openWorld();
    ({ rdp, web } = world.estate!.network.groups);
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('a no with a reason changes nothing, and the target is free for another request', async () => {
    const { ts } = await cardWith(driver(), rdp);
    const before = await ingressOf(world, rdp);
    await ask(ts);
    await driver().command({ user: 'U0ALEX', channel, text: '/drawbridge status' });
    await until('the answer to /drawbridge status', async () =>
      JSON.stringify(await driver().ephemerals('U0ALEX', channel)).includes(rdp),
    );

    await press(driver(), 'U0ALEX', ts, 'remediation.deny');
    await fillIn(driver(), 'U0ALEX', 'the support team still needs it today');
    const card = await untilState(driver(), ts, 'denied');

    expect(JSON.stringify(card.blocks)).toContain('still needs it today');
    expect(buttonOf(card, 'remediation.preview')).toBeDefined();
    expect(await ingressOf(world, rdp)).toEqual(before);
  }, 600_000);

  it('a yes to a plan that is out of date brings the new plan, not the change (law 2)', async () => {
    const { ts } = await cardWith(driver(), rdp);
    await ask(ts);
    const more = {
      IpProtocol: 'udp',
      FromPort: 3389,
      ToPort: 3389,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    };
    await new EC2Client(asAccount(world.edge.url, workloads)).send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: rdp, IpPermissions: [more] }),
    );
    const meanwhile = await ingressOf(world, rdp);

    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await until('the new plan', async () => {
      const card = await cardNow(driver(), ts);
      return (
        JSON.stringify(card.blocks).includes('UDP 3389') && buttonOf(card, 'remediation.approve')
      );
    });

    expect(await ingressOf(world, rdp)).toEqual(meanwhile);
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await untilState(driver(), ts, 'done');
    expect((await ingressOf(world, rdp)).join()).not.toContain('3389-3389 0.0.0.0/0');
  }, 600_000);

  it('a change that AWS refuses half-way is taken back, and the card says so in words (law 8)', async () => {
    const { ts } = await cardWith(driver(), web);
    const before = await ingressOf(world, web);
    await ask(ts);
    world.edge.fault(
      { service: 'ec2', action: 'RevokeSecurityGroupIngress' },
      { times: 1, error: 'UnauthorizedOperation' },
    );

    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    const card = await untilState(driver(), ts, 'rolled back');

    expect(JSON.stringify(card.blocks)).toContain('UnauthorizedOperation');
    expect(await ingressOf(world, web)).toEqual(before);
    const finding = world.hub
      .findings()
      .find(({ Resources = [] }) => Resources.some(({ Id = '' }) => Id.includes(web)));
    expect(finding?.Workflow?.Status).toBe('NOTIFIED');
  }, 600_000);

  it('an event that nobody can read is kept and told, and what is none of ours passes by (law 9)', async () => {
    const sqs = new SQSClient({
      ...asAccount(world.edge.url, security),
      useQueueUrlAsEndpoint: false,
    });
    const QueueUrl = outputOf(world, 'FindingsQueueUrl');
    const broken = {
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      id: 'e-1',
      detail: { id: 'x' },
    };

    for (const MessageBody of [
      '{"half": ',
      JSON.stringify(broken),
      JSON.stringify({ source: 'aws.ecr', id: 'e-2' }),
    ])
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));

    const told = await until('two unreadable events told', async () => {
      const messages = (await driver().messages('C0LOW')).filter(({ text }) =>
        text?.includes('could not be read'),
      );
      return messages.length >= 2 && messages;
    });
    expect(told).toHaveLength(2);
  }, 600_000);

  it('each finding has one card, whatever happened to it', async () => {
    const cards = (await driver().messages(channel)).filter(({ thread_ts }) => !thread_ts);
    const resources = cards.map(({ text }) => text?.split(' · ').slice(2).join());

    expect(resources.length).toBeGreaterThan(4);
    expect(new Set(resources).size).toBe(resources.length);
  });

  it('no function made a call that its role does not grant, and no role grants what is not called', async () => {
    expect(await beyond(world)).toEqual([]);
    const unused = (await idle(world)).filter((it) => !isOfEvidence(it) && !isOfGate(it));
    expect(unused).toEqual([]);
  });
});
