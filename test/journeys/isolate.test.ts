import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { Message } from '../../sandbox/slack';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { verify } from '../../src/domain/audit';
import { words } from '../blocks/support/reading';
import { piecesOf } from './evidence-bucket';
import { beyond, idle, isOfEvidence } from './granted';
import { interfacesOf, mayStill, pictureOf, rulesOf, type Picture } from './server-picture';
import {
  chainInBucket,
  chainInTable,
  channel,
  fillIn,
  invoke,
  openWorld,
  press,
  until,
  workloads,
} from './road';

/** A compromised server is cut off by a command, is looked after, and comes back; each test is the next thing that happens. */
describe('an instance, from /isolate to /release', () => {
  let world: World;
  let id: string;
  let ts: string;
  let of: string;
  let before: Picture;

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
  const card = async () =>
    (await driver().messages(channel)).find((each: Message) => each.ts === ts);
  const thread = async (): Promise<string> =>
    JSON.stringify(await driver().messages(channel, { thread: ts }));

  beforeAll(async () => {
    world = await openWorld();
    id = world.estate!.servers.web;
    before = await pictureOf(world, id);
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('is found by the beginning of its id, and its plan is shown before anything happens', async () => {
    await type('U0RITA', '/isolate i-1234 workloads because it talks to a mining pool');
    const shown = await view('U0RITA', 'What will change on');

    expect(shown).toContain(id);
    expect(shown).toContain('Look inside the host');
    expect(shown).toContain(world.estate!.servers.worker);
    expect(await pictureOf(world, id)).toEqual(before);
  }, 600_000);

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
  }, 600_000);

  it('shows whoever asks second the first (law 5)', async () => {
    await type('U0BEA', `/isolate ${id}`);

    await view('U0BEA', 'Rita Requester already asked for this');
  }, 600_000);

  it('has evidence taken while people still decide, since a rule says so (law 8)', async () => {
    const taken = await until('the card of the evidence', async () =>
      (await driver().messages(channel)).find(({ text }: Message) =>
        text?.includes(`Collect evidence of an EC2 instance · done · ${id}`),
      ),
    );
    const run = /rem-[0-9a-z]+/.exec(JSON.stringify(taken.blocks).split(of).join(''))?.[0] ?? '';

    expect((await piecesOf(world, run)).length).toBeGreaterThan(5);
    expect(await piecesOf(world, of)).toEqual([]);
    expect((await card())?.text).toContain('· awaiting approval ·');
    expect(await pictureOf(world, id)).toEqual(before);
  }, 600_000);

  it('is cut off, and cannot be released before that has ended', async () => {
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await until('the containment on its way', async () =>
      (await chainInTable(world, of)).some(({ event }) => event.type === 'step.applied'),
    );
    await type('U0BEA', `/release ${id}`);
    await view('U0BEA', `${id} is being isolated right now (${of})`);
    await until('the end of the containment', async () => {
      const now = await card();
      const text = now?.text ?? '';
      if (text.includes('· held ·')) throw new Error(words(now?.blocks));
      return text.includes('· done ·');
    });
  }, 600_000);

  it('has every interface of its own in the quarantine group alone, and that has no rule', async () => {
    const now = await interfacesOf(world, id);

    expect(now.map((each) => each.id)).toEqual(before.interfaces.map((each) => each.id));
    expect(now.length).toBeGreaterThanOrEqual(2);
    for (const { groups, names } of now) {
      expect(names).toEqual(['drawbridge-quarantine']);
      expect(await rulesOf(world, groups[0] ?? '')).toEqual([]);
    }
  }, 600_000);

  it('may do nothing with its role any more, while the server beside it may', async () => {
    const { role, profile } = await pictureOf(world, id);

    expect(await mayStill(world, id)).toBe('explicitDeny');
    expect(await mayStill(world, world.estate!.servers.worker)).toBe('allowed');
    expect(role).toContainEqual([
      `drawbridge-quarantine-${id}`,
      expect.stringContaining('ec2:SourceInstanceARN'),
    ]);
    expect(role).toEqual(expect.arrayContaining(before.role));
    expect(profile).toEqual([]);
  }, 600_000);

  it('runs on, protected, in a group that keeps its size, and gets no traffic', async () => {
    const { instance, flags, group, targets } = await pictureOf(world, id);

    expect(instance.state).toBe('running');
    expect(flags).toEqual([true, true, 'stop']);
    expect(instance.disks.map(([, , goes]) => goes)).toEqual(instance.disks.map(() => false));
    expect(group.sizes).toEqual(before.group.sizes);
    expect(group.members).toEqual([`${id} Standby true`]);
    expect(group.members).toHaveLength(before.group.members.length);
    expect(group.suspended).toEqual(before.group.suspended);
    expect(before.targets.length).toBeGreaterThan(0);
    expect(targets).toEqual([]);
  }, 600_000);

  it('has its evidence listed with the hashes of what the bucket holds', async () => {
    const pieces = await piecesOf(world, of);
    for (const name of ['metadata.json', 'snapshots.json', 'host.json', 'manifest.json'])
      expect(pieces).toContainEqual({
        key: expect.stringContaining(name),
        sha256: expect.any(String),
      });

    await type('U0ALEX', `/evidence ${of}`);
    const shown = await until('the list of evidence', async () =>
      (await driver().ephemerals('U0ALEX', channel))
        .map(({ blocks }) => words(blocks))
        .find((text) => text.includes('manifest.json')),
    );

    for (const { sha256 } of pieces) expect(shown).toContain(sha256);
    expect(shown).not.toMatch(/unvouched|changed|gone/);
  }, 600_000);

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
  }, 600_000);

  it('is not released by whoever asked for the isolation (law 3)', async () => {
    const contained = await pictureOf(world, id);
    await type('U0RITA', `/release ${id} because I say so`);

    await view('U0RITA', 'You asked for this isolation, so another person has to release it.');
    expect(await pictureOf(world, id)).toEqual(contained);
  }, 600_000);

  it('comes back to its recorded state, field by field, when an approver releases it', async () => {
    await type('U0ALEX', `/release ${id} because it was rebuilt`);
    await view('U0ALEX', 'Changed by others since');
    await fillIn(driver(), 'U0ALEX', 'it was rebuilt');
    await until(
      'the end of the release',
      async () => (await card())?.text?.includes('· undone ·'),
      200,
    );

    expect(await pictureOf(world, id)).toEqual(before);
  }, 600_000);

  it('leaves one chain that holds, the same in the table and in the bucket (law 13)', async () => {
    const links = await until('the end in the bucket', async () => {
      const [table, bucket] = [await chainInTable(world, of), await chainInBucket(world, of)];
      return table.length === bucket.length && table;
    });

    expect(verify(links)).toMatchObject({ ok: true });
    expect(links[0]?.event.type).toBe('remediation.requested');
    expect(links.at(-1)?.event.type).toBe('undo.done');
  }, 600_000);

  it('was done with what was granted, and nothing more (law 14)', async () => {
    expect(await beyond(world)).toEqual([]);
    expect((await idle(world)).filter(isOfEvidence)).toEqual([]);
  }, 600_000);
});
