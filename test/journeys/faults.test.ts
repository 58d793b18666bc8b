import {
  BatchImportFindingsCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../sandbox/slack';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { verify, type Link } from '../../src/domain/audit';
import type { Remediation } from '../../src/domain/remediation';
import { breakThings, type Broken } from './broken-estate';
import { crewIn } from './crew';
import { remediationsIn } from './ledger';
import { chainInBucket, chainInTable, openWorld, security, until, workloads } from './road';
import { armed } from './troubles';

const count = 100;
const askers = ['U0RITA', 'U0ALEX', 'U0BEA'] as const;
const channels = ['C0ALERTS', 'C0LOW'] as const;
const ends: readonly string[] = ['done', 'rolled back', 'held'];
const endings: readonly string[] = [
  'remediation.done',
  'remediation.rolled-back',
  'remediation.held',
];

const channelOf = ({ finding }: Broken): string =>
  channels[finding.Severity?.Label === 'HIGH' ? 0 : 1];

/** Neither what a thread tells aloud nor the card of a group, which may name one of its members. */
const isOwnCard = ({ text, thread_ts }: Message): boolean =>
  !thread_ts && !text.includes('more like this');

const isOver = ({ status }: Remediation): boolean => ends.includes(status.state);

/** Everything on the road fails once in five times, and what people asked for still ends, once, and in words. */
describe('a hundred remediations while one AWS call in five fails', () => {
  let world: World;
  let things: Broken[];
  let remediations: Remediation[];
  let cards: Message[];
  let share: () => number;

  const driver = () => world.slack.driver;
  const of = ({ name }: Broken): Remediation[] =>
    remediations.filter(({ target }) => target.id.includes(name));
  const cardOf = ({ name }: Broken): Message[] => cards.filter(({ text }) => text.includes(name));
  const askerOf = (thing: Broken) => askers[things.indexOf(thing) % askers.length]!;
  const agrees = (thing: Broken): boolean =>
    of(thing).every(({ status }) =>
      cardOf(thing).some(({ text }) => text.includes(`· ${status.state} ·`)),
    );
  const stands = (): string => {
    const states = new Map<string, number>();
    for (const { status } of remediations)
      states.set(status.state, (states.get(status.state) ?? 0) + 1);
    return [...states].map(([state, n]) => `${n} ${state}`).join(', ');
  };

  beforeAll(async () => {
    world = await openWorld(false);
    things = await breakThings(asAccount(world.edge.url, workloads), count);
    const hub = new SecurityHubClient(asAccount(world.edge.url, security));
    await hub.send(new EnableSecurityHubCommand({ EnableDefaultStandards: false }));
    const Findings = things.map(({ finding }) => finding);
    await hub.send(new BatchImportFindingsCommand({ Findings }));
    share = armed(world);
  }, 420_000);
  afterAll(() => world?.close(), 30_000);

  it('all come to an end, and their cards say so', async () => {
    const crew = crewIn(world);
    const over = new AbortController();
    const asking = askers.map((user) =>
      crew.ask(
        user,
        things
          .filter((thing) => askerOf(thing) === user)
          .map((thing) => ({ channel: channelOf(thing), name: thing.name })),
      ),
    );
    const approving = crew.approve(
      channels,
      ({ text }) => {
        const thing = things.find(({ name }) => text.includes(name));
        return thing && askerOf(thing);
      },
      over.signal,
    );
    const watching = async (): Promise<void> => {
      for (const end = Date.now() + 560_000; Date.now() < end;) {
        remediations = await remediationsIn(world);
        const messages = await Promise.all(channels.map((each) => driver().messages(each)));
        cards = messages.flat().filter(isOwnCard);
        if (things.every((thing) => of(thing).some(isOver) && agrees(thing))) return;
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
      throw new Error(`not all came to an end: ${stands()}`);
    };
    try {
      await Promise.all([...asking, approving, watching().finally(() => over.abort())]);
    } finally {
      over.abort();
    }
  }, 600_000);

  it('one call in five had failed', () => {
    expect(share()).toBeGreaterThan(0.15);
    expect(share()).toBeLessThan(0.3);
    world.edge.reset();
  });

  it('none is lost, none runs twice: one remediation for each thing, and a card that says so', () => {
    expect(things.map((thing) => [thing.name, of(thing).length])).toEqual(
      things.map(({ name }) => [name, 1]),
    );
    // Where our note of a post failed, the post is made again: an older card may stand beside (decision 012).
    expect(things.filter((thing) => cardOf(thing).length === 0)).toEqual([]);
    expect(remediations).toHaveLength(count);
    expect(remediations.filter((each) => !isOver(each))).toEqual([]);
  });

  it('none is half-changed: each thing is as planned or as before, and as its remediation says', async () => {
    const stood = await Promise.all(
      things.map(async (thing) => {
        const [{ status } = { status: undefined }] = of(thing);
        const now = await thing.look();
        const is = now === thing.planned ? 'planned' : now === thing.before ? 'before' : now;
        return { name: thing.name, status, is };
      }),
    );
    const wrong = stood.filter(({ status, is }) => {
      if (status?.state === 'done') return is !== 'planned';
      if (status?.state === 'rolled back') return is !== 'before';
      return status?.state !== 'held' || status.because === '' || !/^(planned|before)$/.test(is);
    });
    expect(wrong).toEqual([]);
  });

  it('each has one unbroken chain with one end, in the table as in the bucket', async () => {
    const caught = async (of: Remediation['case']): Promise<Link[]> => {
      const links = await chainInTable(world, of);
      await until(`the bucket to have ${of}`, async () =>
        isDeepStrictEqual(await chainInBucket(world, of), links),
      );
      return links;
    };
    for (const links of await Promise.all(remediations.map((each) => caught(each.case)))) {
      const types = links.map(({ event }) => event.type);
      expect(verify(links)).toMatchObject({ ok: true, links: links.length });
      expect(types.filter((type) => endings.includes(type))).toHaveLength(1);
      expect(types.filter((type) => type === 'remediation.requested')).toHaveLength(1);
      expect(types.filter((type) => type === 'approval.given')).toHaveLength(1);
    }
  }, 420_000);
});
