import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Message } from '../../sandbox/slack';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { verify } from '../../src/domain/audit';
import { words } from '../blocks/support/reading';
import { beyond } from './granted';
import {
  chainInBucket,
  chainInTable,
  channel,
  fillIn,
  invoke,
  openWorld,
  outputOf,
  press,
  security,
  until,
  workloads,
} from './road';

/** A compromised server is cut off by a command, is looked after, and comes back; each test is the next thing that happens. */
describe('an instance, from /isolate to /release', () => {
  let world: World;
  let id: string;
  let ts: string;
  let of: string;
  let before: string[];

  const driver = () => world.slack.driver;
  const account = () => asAccount(world.edge.url, workloads);
  const type = async (user: string, text: string) => {
    const answer = await driver().command({ user, channel, text });
    expect(answer).toMatchObject({ shown: 'ok', body: '' });
  };
  const view = async (user: string, expected: string): Promise<string> =>
    until(`a window saying “${expected}”`, async () => {
      const shown = words(await driver().view(user));
      return shown.includes(expected) && shown;
    });
  const interfaces = async (): Promise<string[]> => {
    const ec2 = new EC2Client(account());
    const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
    const { NetworkInterfaces = [] } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ Filters }),
    );
    const groups = NetworkInterfaces.flatMap(({ Groups = [] }) => Groups);
    return groups.flatMap(({ GroupName }) => GroupName ?? []).sort();
  };
  const policy = (): Promise<string> =>
    new IAMClient(account())
      .send(
        new GetRolePolicyCommand({
          RoleName: world.estate!.identities.role,
          PolicyName: `drawbridge-quarantine-${id}`,
        }),
      )
      .then(
        ({ PolicyDocument = '' }) => decodeURIComponent(PolicyDocument),
        (error: Error) => error.name,
      );
  const thread = async (): Promise<string> =>
    JSON.stringify(await driver().messages(channel, { thread: ts }));

  beforeAll(async () => {
    world = await openWorld();
    id = world.estate!.servers.web;
    before = await interfaces();
  }, 120_000);

  afterAll(() => world?.close(), 30_000);

  it('is found by the beginning of its id, and its plan is shown before anything happens', async () => {
    await type('U0RITA', '/isolate i-1234 workloads because it talks to a mining pool');
    const shown = await view('U0RITA', 'What will change on');

    expect(shown).toContain(id);
    expect(shown).toContain('Look inside the host');
    expect(shown).toContain(world.estate!.servers.worker);
    expect(await interfaces()).toEqual(before);
  }, 40_000);

  it('has a card of its own, where the approver sees what was asked for', async () => {
    await fillIn(driver(), 'U0RITA', 'it talks to a mining pool');
    const card = await until('the card of the case', async () =>
      (await driver().messages(channel)).find(({ text }: Message) =>
        text?.includes(`Isolate an EC2 instance · awaiting approval · ${id}`),
      ),
    );
    ts = card.ts;
    of = /rem-[0-9a-z]+/.exec(words(card.blocks))?.[0] ?? '';

    expect(words(card.blocks)).toContain('“it talks to a mining pool”');
    expect(of).toMatch(/^rem-/);
  }, 40_000);

  it('shows whoever asks second the first (law 5)', async () => {
    await type('U0BEA', `/isolate ${id}`);

    await view('U0BEA', 'Rita Requester already asked for this');
  }, 40_000);

  it('is cut off, with the evidence kept before', async () => {
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await until(
      'the end of the containment',
      async () => {
        const card = (await driver().messages(channel)).find((each) => each.ts === ts);
        const text = card?.text ?? '';
        if (text.includes('· held ·')) throw new Error(words(card?.blocks));
        return text.includes('· done ·');
      },
      150,
    );

    expect(new Set(await interfaces())).toEqual(new Set(['drawbridge-quarantine']));
    expect(await policy()).toContain('ec2:SourceInstanceARN');
    const { Reservations } = await new EC2Client(account()).send(
      new DescribeInstancesCommand({ InstanceIds: [id] }),
    );
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({ State: { Name: 'running' } });
    const s3 = new S3Client({ ...asAccount(world.edge.url, security), forcePathStyle: true });
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: outputOf(world, 'EvidenceBucketName') }),
    );
    const names = Contents.map(({ Key = '' }) => Key);
    for (const piece of ['metadata.json', 'snapshots.json', 'host.json', 'manifest.json'])
      expect(names).toContainEqual(expect.stringContaining(piece));
  }, 180_000);

  it('is looked after: what somebody loosens is told aloud, once', async () => {
    const ec2 = new EC2Client(account());
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [{ Name: 'group-name', Values: ['drawbridge-quarantine'] }],
      }),
    );
    expect(SecurityGroups).not.toEqual([]);
    const hole = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    for (const { GroupId } of SecurityGroups)
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...hole }));

    await invoke(world, 'remediation', { task: 'verify', id: of });
    await invoke(world, 'remediation', { task: 'verify', id: of });

    await until('the alarm in the thread', async () =>
      (await thread()).includes('has holes since'),
    );
    expect((await thread()).match(/somebody loosened the isolation/g)).not.toBeNull();
    const links = await chainInTable(world, of);
    expect(links.filter(({ event }) => event.type === 'remediation.loosened')).toHaveLength(1);
  }, 60_000);

  it('comes back to its recorded state when an approver releases it', async () => {
    await type('U0ALEX', `/release ${id} because it was rebuilt`);
    await view('U0ALEX', 'Changed by others since');
    await fillIn(driver(), 'U0ALEX', 'it was rebuilt');
    await until(
      'the end of the release',
      async () =>
        (await driver().messages(channel)).some(
          (each) => each.ts === ts && each.text?.includes('· undone ·'),
        ),
      100,
    );

    expect(await interfaces()).toEqual(before);
    expect(await policy()).toMatch(/NoSuchEntity/);
  }, 120_000);

  it('leaves one chain that holds, the same in the table and in the bucket (law 13)', async () => {
    const links = await until('the end in the bucket', async () => {
      const [table, bucket] = [await chainInTable(world, of), await chainInBucket(world, of)];
      return table.length === bucket.length && table;
    });

    expect(verify(links)).toMatchObject({ ok: true });
    expect(links[0]?.event.type).toBe('remediation.requested');
    expect(links.at(-1)?.event.type).toBe('undo.done');
  }, 40_000);

  it('was done with what was granted, and nothing more (law 14)', async () => {
    expect(await beyond(world)).toEqual([]);
  }, 60_000);
});
