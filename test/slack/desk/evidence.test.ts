import { RemediationId } from '../../../src/domain/ids';
import { captureConsole } from '../../../src/operations/evidence/capture-console';
import { aPlan, aProposal, aTarget, findingKey, groupId } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { memoryConsole } from '../../support/memory-console';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, idOf, minute, type Desk } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

/** An isolation that took evidence, as the runner leaves it: pieces, record and trail. */
const isolated = async (desk: Desk, n = 1) => {
  const { held, evidence } = desk;
  const aws = new MemoryAws(memoryConsole(), evidence.handlers);
  const id = RemediationId.parse(idOf(n));
  const run = `${id}/0`;
  const input = { instanceId: 'i-1', wakeUp: false };
  await captureConsole.apply(aws, input, await captureConsole.read(aws, input, run), run);
  const after = await captureConsole.read(aws, input, run);
  const steps = [{ operation: captureConsole.kind, input, phase: 'evidence' as const }];
  const proposal = aProposal({ plan: aPlan({ steps }) });
  await desk.remediation(n, { proposal, status: { state: 'applying' } });
  await held.saveStep(id, { index: 0, status: 'applied', after, attempts: 0 });
  const outputs = Object.entries(captureConsole.output?.(after) ?? {});
  await desk.fact(findingKey, n, {
    type: 'step.applied',
    remediation: id,
    facts: Object.fromEntries(outputs.map(([name, value]) => [`output.${name}`, value])),
  });
  return id;
};

describe('/evidence', () => {
  it.each(['by its resource', 'by its remediation', 'by its case'])(
    'of a case %s tells each piece with its hash, and that it is as it was kept',
    async (how) => {
      const desk = await aDesk(slack);
      const id = await isolated(desk);
      const said = { 'by its resource': groupId, 'by its remediation': id }[how] ?? findingKey;

      const answer = await desk.ask(said, {}, '/evidence');

      expect(answer).toContain('All 2 pieces are as they were kept');
      expect(answer).toContain('the audit trail that vouches for them holds ✓');
      for (const name of ['console-output.txt', 'console-screenshot.jpg'])
        expect(answer).toContain(name);
      expect(answer).toContain(desk.evidence.artefact('console-output.txt')?.sha256);
      expect(answer).toContain(aTarget.id);
    },
  );

  it('never shows what is in it (law 12)', async () => {
    const desk = await aDesk(slack);
    await isolated(desk);
    expect(desk.evidence.text('console-output.txt')).toBe('login:');
    expect(await desk.ask(groupId, {}, '/evidence')).not.toContain('login:');
  });

  it('is loud about bytes that are others now', async () => {
    const desk = await aDesk(slack);
    await isolated(desk);
    desk.evidence.spoil('console-output.txt');
    const answer = await desk.ask(groupId, {}, '/evidence');
    expect(answer).toContain('⚠️ 1 of 2 pieces are as they were kept');
    expect(answer).toContain('⚠️ its bytes are not those that were kept');
  });

  it('is loud about a trail that was altered', async () => {
    const desk = await aDesk(slack);
    await isolated(desk);
    const chain = desk.held.held.chains.get(findingKey)!;
    desk.held.held.chains.set(findingKey, chain.slice(1));
    const answer = await desk.ask(groupId, {}, '/evidence');
    expect(answer).toContain('⚠️ the audit trail is broken at link 1');
  });

  it('tells where the pieces are to those who have a role here, and to nobody else', async () => {
    const desk = await aDesk(slack);
    await isolated(desk);
    expect(await desk.ask(groupId, {}, '/evidence')).toContain('s3://evidence/evidence/rem-');
    const reader = await desk.ask(groupId, { user: 'U0NILS' }, '/evidence');
    expect(reader).toContain('console-output.txt');
    expect(reader).not.toContain('s3://');
  });

  it('of a case isolated often tells of the latest three, and how many more there are', async () => {
    const desk = await aDesk(slack);
    for (let n = 1; n <= 5; n += 1) await isolated(desk, n);
    const answer = await desk.ask(groupId, {}, '/evidence');
    expect(answer.match(/rem-0{19}\d(?= All)/g)).toEqual([5, 4, 3].map(idOf));
    expect(answer).toContain('and 2 earlier cases');
    expect(minute(5) > minute(4)).toBe(true);
  });

  it.each([
    ['', 'Name an instance or a case'],
    ['i-0123456789abcdef0', 'No evidence was taken of “i-0123456789abcdef0”.'],
    [findingKey, 'No evidence was taken of'],
    [idOf(9), 'No evidence was taken of'],
  ])('says what is missing or unknown: %j', async (said, because) => {
    const desk = await aDesk(slack);
    await desk.remediation(1);
    await desk.fact(findingKey, 1, { type: 'remediation.requested', remediation: idOf(1) });
    expect(await desk.ask(said, {}, '/evidence')).toContain(because);
  });
});
