import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { randomUUID } from 'node:crypto';
import { samplesOf, workloads } from '../sandbox/estate';
import type { Message } from '../sandbox/slack';
import { asAccount } from '../sandbox/stack';
import type { World } from '../sandbox/world';
import { replay } from './replay';
import { actionOf, until } from './cards';

const channel = 'C0ALERTS';
const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/**
 * From the approver's click to the rule being gone, against a script that makes the calls which the product made in
 * between, one after another. In turns, on groups of the same shape.
 */
export const clickToChanged = async (world: World, runs: number) => {
  const ec2 = new EC2Client(asAccount(world.edge.url, workloads));
  const clicks: number[] = [];
  const bare: number[] = [];
  let calls = 0;
  for (let run = 0; run < runs; run += 1) {
    const group = await openGroup(world, ec2, `bench-${run}`);
    const card = await askedFor(world, group);
    await world.slack.driver.messages(channel);
    world.edge.reset();
    const began = performance.now();
    const click = world.slack.driver.click({
      user: 'U0ALEX',
      channel,
      ts: card.ts,
      actionId: actionOf(card, 'approve') ?? '',
    });
    await untilClosed(ec2, group);
    clicks.push(performance.now() - began);
    const made = world.edge.calls().filter(({ function: by }) => by && by !== 'drawbridge-outbox');
    await click;
    calls = made.length;
    const other = await openGroup(world, ec2, `bare-${run}`);
    bare.push(await replay(world, made, other));
  }
  return { clicks, bare, calls };
};

const openGroup = async ({ estate }: World, ec2: EC2Client, GroupName: string): Promise<string> => {
  const VpcId = estate?.network.vpcId;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: 'bench', VpcId }),
  );
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
  return GroupId;
};

/** A finding on this group, its card, the request, and the card that waits for approval. */
const askedFor = async (world: World, group: string): Promise<Message> => {
  const { estate, slack } = world;
  if (!estate) throw new Error('the world has no estate');
  const sample = samplesOf(estate, new Date()).find(({ event }) =>
    JSON.stringify(event).includes(estate.network.groups.web),
  );
  if (!sample) throw new Error('there is no EC2.13 sample to copy');
  const text = JSON.stringify(sample.event).replaceAll(estate.network.groups.web, group);
  const event = JSON.parse(text) as (typeof sample)['event'];
  const { findings } = event.detail as { findings: { Id: string }[] };
  await world.feed({
    ...event,
    detail: { findings: findings.map((each) => ({ ...each, Id: `${each.Id}-${randomUUID()}` })) },
  });
  // So many of a kind share a card: by command each is at hand.
  const offer = await until(`the offer for ${group}`, async () => {
    await slack.driver.command({ user: 'U0RITA', channel, text: `/remediate ${group}` });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await slack.driver.ephemerals('U0RITA', channel)).find(
      (message) => JSON.stringify(message.blocks).includes(group) && actionOf(message, 'preview'),
    );
  });
  await slack.driver.click({
    user: 'U0RITA',
    channel,
    ts: offer.ts,
    actionId: actionOf(offer, 'preview') ?? '',
  });
  await until('the plan', async () => {
    const view = await slack.driver.view('U0RITA');
    return view && 'submit' in view && view.submit ? view : undefined;
  });
  await slack.driver.submit({ user: 'U0RITA', values: { 'reason.text': 'bench' } });
  return seen(world, group, 'approve');
};

const seen = (world: World, group: string, intent: string): Promise<Message> =>
  until(`the button ${intent} for ${group}`, async () =>
    (await world.slack.driver.messages(channel)).find(
      (message) => message.text?.includes(group) && actionOf(message, intent),
    ),
  );

const untilClosed = async (ec2: EC2Client, group: string): Promise<void> => {
  const Filters = [{ Name: 'group-id', Values: [group] }];
  const end = Date.now() + 30_000;
  for (;;) {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters }),
    );
    if (!SecurityGroupRules.some(({ IsEgress }) => !IsEgress)) return;
    if (Date.now() > end) throw new Error(`${group} was never closed`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
