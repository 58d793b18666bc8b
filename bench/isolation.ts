import {
  AssociateIamInstanceProfileCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { AttachInstancesCommand, AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Estate } from '../sandbox/estate';
import { botAccount, workloads } from '../sandbox/estate';
import type { Message } from '../sandbox/slack';
import { asAccount } from '../sandbox/stack';
import type { World } from '../sandbox/world';
import { actionOf, until } from './cards';
import { byScript, type Scripted } from './isolation-script';

const channel = 'C0ALERTS';

/** Until the last interface was contained: of the function that does it, of these to the account of the instance, of the script. */
export interface Calls {
  readonly all: number;
  readonly inAccount: number;
  readonly script: number;
}

/**
 * From approval until the last interface that is the instance's own stands in the quarantine group alone, read back from outside;
 * and the same by a script of the public way. In turns, on the same web server, which is given back between.
 */
export const isolation = async (world: World, runs: number) => {
  const { estate } = world;
  if (!estate) throw new Error('the world has no estate');
  const id = estate.servers.web;
  const contained: number[] = [];
  const scripts: Scripted[] = [];
  const calls: Calls[] = [];
  let artefacts = 0;
  for (let run = 0; run < runs; run += 1) {
    const counted = async () => {
      world.edge.reset();
      const scripted = await byScript(world, id);
      return { scripted, made: world.edge.calls().filter(({ function: by }) => !by).length };
    };
    const { scripted, made } = await givenBack(world, estate, counted);
    scripts.push(scripted);
    const card = await askedFor(world, id);
    world.edge.reset();
    const began = performance.now();
    const click = pressed(world, card, 'approve', 'U0ALEX');
    await untilContained(world, id);
    contained.push(performance.now() - began);
    const ours = world.edge.calls().filter(({ function: by }) => by === 'drawbridge-remediation');
    const inAccount = ours.filter(({ account }) => account === workloads).length;
    calls.push({ all: ours.length, inAccount, script: made });
    await click;
    await state(world, card.ts, 'done');
    artefacts = await kept(world, card);
    await release(world, id, card.ts);
  }
  return { contained, scripts, calls, artefacts };
};

const askedFor = async ({ slack: { driver } }: World, id: string): Promise<Message> => {
  const known = new Set((await driver.messages(channel)).map(({ ts }) => ts));
  await driver.command({ user: 'U0RITA', channel, text: `/isolate ${id} because bench` });
  await send(driver, 'U0RITA');
  return until('the card of the case', async () =>
    (await driver.messages(channel)).find(
      (each) =>
        !known.has(each.ts) &&
        each.text?.includes(`awaiting approval · ${id}`) &&
        actionOf(each, 'approve'),
    ),
  );
};

type Driver = World['slack']['driver'];

const send = async (driver: Driver, user: string): Promise<void> => {
  await until('a form', async () => {
    const view = await driver.view(user);
    return view && 'submit' in view && view.submit ? view : undefined;
  });
  await driver.submit({ user, values: { 'reason.text': 'bench' } });
};

const pressed = ({ slack }: World, card: Message, intent: string, user: string) =>
  slack.driver.click({ user, channel, ts: card.ts, actionId: actionOf(card, intent) ?? '' });

const state = ({ slack }: World, ts: string, wanted: string): Promise<Message> =>
  until(`the card saying ${wanted}`, async () => {
    const card = (await slack.driver.messages(channel)).find((each) => each.ts === ts);
    if (card?.text?.includes('· held ·')) throw new Error(`held: ${JSON.stringify(card.blocks)}`);
    return card?.text?.includes(`· ${wanted} ·`) ? card : undefined;
  });

const release = async (world: World, id: string, ts: string): Promise<void> => {
  const { driver } = world.slack;
  await driver.command({ user: 'U0ALEX', channel, text: `/release ${id} because bench` });
  await send(driver, 'U0ALEX');
  await state(world, ts, 'undone');
};

const ownInterfaces = async (ec2: EC2Client, id: string) => {
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters }),
  );
  return NetworkInterfaces.filter(({ RequesterManaged }) => !RequesterManaged);
};

const untilContained = async ({ edge }: World, id: string): Promise<void> => {
  const ec2 = new EC2Client(asAccount(edge.url, workloads));
  await until('all interfaces in quarantine', async () => {
    const own = await ownInterfaces(ec2, id);
    const isIn = own.every(
      ({ Groups = [] }) => Groups.length === 1 && Groups[0]?.GroupName === 'drawbridge-quarantine',
    );
    return own.length > 0 && isIn ? true : undefined;
  });
};

/** Pieces of evidence of one case: what the bucket holds, and its snapshots. */
const kept = async ({ edge, deployment }: World, card: Message): Promise<number> => {
  const of = /rem-[0-9a-z]+/.exec(JSON.stringify(card.blocks))?.[0] ?? 'none';
  const s3 = new S3Client({ ...asAccount(edge.url, botAccount), forcePathStyle: true });
  const Bucket = deployment.outputs['EvidenceBucketName'];
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const { Snapshots = [] } = await new EC2Client(asAccount(edge.url, workloads)).send(
    new DescribeSnapshotsCommand({ Filters: [{ Name: 'tag:DrawbridgeRun', Values: [`${of}/*`] }] }),
  );
  return Contents.filter(({ Key }) => Key?.includes(of)).length + Snapshots.length;
};

/** What a script does not give back is given back here, and is not measured. */
const givenBack = async <T>(
  { edge }: World,
  { servers, fleet, identities, incident }: Estate,
  work: () => Promise<T>,
): Promise<T> => {
  const settings = asAccount(edge.url, workloads);
  const ec2 = new EC2Client(settings);
  const id = servers.web;
  const before = await ownInterfaces(ec2, id);
  const done = await work();
  for (const { NetworkInterfaceId, Groups = [] } of before)
    await ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId,
        Groups: Groups.flatMap(({ GroupId }) => GroupId ?? []),
      }),
    );
  const DisableApiTermination = { Value: false };
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination }));
  await until('its profile', () =>
    ec2
      .send(
        new AssociateIamInstanceProfileCommand({
          InstanceId: id,
          IamInstanceProfile: { Name: identities.profile },
        }),
      )
      .catch(() => undefined),
  );
  await new AutoScalingClient(settings).send(
    new AttachInstancesCommand({
      AutoScalingGroupName: fleet.autoScalingGroup,
      InstanceIds: [id],
    }),
  );
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const { arn, port } = incident.adminTargets;
  const targets = [
    { TargetGroupArn: fleet.targetGroup, Targets: [{ Id: id }] },
    { TargetGroupArn: arn, Targets: [{ Id: id, Port: port }] },
  ];
  for (const each of targets) await balancing.send(new RegisterTargetsCommand(each));
  return done;
};
