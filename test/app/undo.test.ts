import fc from 'fast-check';
import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { catchFall } from '../../src/app/net';
import { mayTakeBack, undo } from '../../src/app/undo';
import { previewUndo } from '../../src/app/undo-look';
import { RemediationId } from '../../src/domain/ids';
import type { Remediation } from '../../src/domain/remediation';
import { lockOf } from '../../src/domain/target';
import { aTarget, day, groupId } from '../support/builders';
import { aWorldOfDoors } from '../support/house';
import { awsError } from '../support/memory-aws';
import { abe, ann, clickOf, gus, rita } from '../support/people';
import { play } from '../support/play';
import { aWorld, remediate, sshOpen, type World } from '../support/world';

const wordsOf = (rules: readonly SecurityGroupRule[]) =>
  rules
    .map(({ SecurityGroupRuleId: _, ...rule }) => JSON.stringify({ ...rule, IsEgress: false }))
    .sort();

const takenBack = async (world: World, { id }: Remediation): Promise<Remediation> => {
  await world.undo(id);
  await world.play(id, 'undo');
  return world.stored(id);
};

describe('an undo', () => {
  it('restores the recorded state, whatever the rules were (law 7)', async () => {
    const port = fc.integer({ min: 0, max: 30 });
    const rule = fc
      .record({ port, more: fc.nat(10), v6: fc.boolean(), word: fc.constantFrom('', 'a', 'b') })
      .map(({ port, more, v6, word }): SecurityGroupRule => ({
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port + more,
        ...(v6 ? { CidrIpv6: '::/0' } : { CidrIpv4: '0.0.0.0/0' }),
        ...(word && { Description: word }),
        Tags: word ? [{ Key: 'word', Value: word }] : [],
      }));
    const rules = fc.uniqueArray(rule, {
      selector: ({ FromPort, ToPort, CidrIpv6 }) => `${FromPort} ${ToPort} ${CidrIpv6}`,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(rules, async (others) => {
        const world = await aWorld({ rules: [sshOpen, ...others.filter(notSsh)] });
        const before = wordsOf(world.rules());

        const done = await remediate(world);
        const closed = wordsOf(world.rules());
        const undone = await takenBack(world, done);

        expect(done.status.state).toBe('done');
        expect(closed).not.toEqual(before);
        expect(undone.status).toMatchObject({ state: 'undone', by: ann.id });
        expect(wordsOf(world.rules())).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves what others added since, and says so beforehand (law 7)', async () => {
    const world = await aWorld();
    const done = await remediate(world);
    const extra: SecurityGroupRule = {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: '0.0.0.0/0',
    };
    world.ec2.group(groupId, [...world.rules(), extra]);

    const preview = await previewUndo(world.deps, done.id);
    await takenBack(world, done);

    expect(preview).toMatchObject({
      restores: [`Replace 1 inbound rule of ${groupId} by 2`],
      drift: ['added since: TCP 443 from 0.0.0.0/0'],
    });
    expect(world.rules().map(({ FromPort }) => FromPort)).toEqual([443, 20]);
  });

  it('opens the finding again where our change had resolved it', async () => {
    const world = await aWorld();

    await takenBack(world, await remediate(world));

    expect(world.source.written.map(({ workflow }) => workflow)).toEqual(['RESOLVED', 'NOTIFIED']);
    expect((await world.trail()).slice(-4)).toEqual([
      'undo.requested',
      'step.undone',
      'undo.done',
      'finding.unresolved',
    ]);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('asked for by two at once is one undo, and both get words', async () => {
    const world = await aWorld();
    const { id } = await remediate(world);

    const answers = await Promise.all([world.undo(id, ann), world.undo(id, abe)]);

    expect(answers.map(({ kind }) => kind).sort()).toEqual(['may', 'refused']);
    expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject({
      because: 'Something else is running on this target. Try again when it has ended.',
    });
  });

  it('waits for whatever else runs on the target (law 5)', async () => {
    const world = await aWorld();
    const { id, playbook } = await remediate(world);
    const other = RemediationId.parse('rem-other00000');
    await world.held.commit({ take: { lock: lockOf(playbook, aTarget), by: other }, events: [] });

    const answer = await world.undo(id);

    expect(answer).toMatchObject({ kind: 'refused', because: expect.stringMatching(/running/) });
    expect((await world.stored(id)).status.state).toBe('done');
  });

  it('that fails is held, and asked for again goes on from there', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    world.fail('undo', 'a', awsError('UnauthorizedOperation'));
    await world.undo(id);
    await play(world.deps, id, 'undo');
    const held = await world.stored(id);

    const preview = await previewUndo(world.deps, id);
    await world.undo(id);
    await play(world.deps, id, 'undo');

    expect(held.status.state).toBe('held');
    expect(preview?.restores).toEqual(['Set a to shut']);
    expect((await world.stored(id)).status.state).toBe('undone');
    expect(world.changes().filter((each) => each.startsWith('undo'))).toEqual(['undo b', 'undo a']);
  });

  it('needs no write where somebody restored the old state already', async () => {
    const world = await aWorldOfDoors({ a: {} });
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    world.doors.set('a', 'open');

    await world.undo(id);
    await play(world.deps, id, 'undo');

    expect((await world.stored(id)).status.state).toBe('undone');
    expect(world.changes()).toEqual(['apply a']);
  });

  it('waits out throttling', async () => {
    const world = await aWorldOfDoors({ a: {} });
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    world.fail('undo', 'a', awsError('ThrottlingException'));
    await world.undo(id);

    const passed = await play(world.deps, id, 'undo');

    expect(passed).toContain('Wait');
    expect((await world.stored(id)).status.state).toBe('undone');
  });
});

describe('a refused undo', () => {
  it.each([
    ['without the role', rita, 'Only approvers may undo a remediation.'],
    ['by a guest', gus, 'You are a guest here, and only members may act.'],
  ])('%s is told why and audited once (law 3)', async (_, person, because) => {
    const world = await aWorld();
    const { id } = await remediate(world);

    const answer = await mayTakeBack(world.door, id, clickOf(person));
    await undo(world.door, id, clickOf(person), 'please');

    expect(answer).toMatchObject({ kind: 'refused', because });
    expect((await world.trail()).filter((type) => type === 'undo.refused')).toHaveLength(1);
  });

  it('says when the time is over', async () => {
    const world = await aWorld();
    const { id } = await remediate(world);
    world.clock.pass(3 * day);

    const answer = await world.undo(id);

    expect(answer).toMatchObject({ because: expect.stringContaining('The time to undo ended at') });
  });

  it('says that it knows of no such remediation', async () => {
    const world = await aWorld();

    const answer = await world.undo(RemediationId.parse('rem-unknown000'));

    expect(answer).toMatchObject({ because: 'This remediation is not known.' });
    expect(await previewUndo(world.deps, RemediationId.parse('rem-unknown000'))).toBeUndefined();
  });

  it('of a run that fell before it had a plan leaves the target free', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    await catchFall(world.deps, id);

    const answer = await world.undo(id);

    expect(answer).toMatchObject({ because: expect.stringContaining('before it had a plan') });
    expect(await previewUndo(world.deps, id)).toBeUndefined();
    expect(world.held.held.locks.size).toBe(0);
  });

  it('is an error when the store takes no write (law 10)', async () => {
    const world = await aWorld();
    const { id } = await remediate(world);
    world.door.store = {
      ...world.held,
      commit: () => Promise.reject(new Error('no table')),
    };

    await expect(undo(world.door, id, clickOf(ann), 'wrong')).rejects.toThrow('no table');
  });
});

describe('a preview of an undo', () => {
  it('names neither evidence, nor what was skipped, nor what nobody began', async () => {
    const world = await aWorldOfDoors({ a: { phase: 'evidence' }, b: {}, c: {}, d: {} }, 'hold');
    world.doors.set('b', 'shut');
    world.fail('apply', 'd', awsError('UnauthorizedOperation'));
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    await world.held.saveStep(id, { index: 9, status: 'applied', attempts: 0 });

    const preview = await previewUndo(world.deps, id);

    expect(preview?.restores).toEqual(['Set c to shut', 'Set d to shut']);
    expect(preview?.drift).toEqual([]);
  });
});

const notSsh = ({ FromPort, ToPort, CidrIpv4 }: SecurityGroupRule): boolean =>
  !(FromPort === 20 && ToPort === 25 && CidrIpv4);
