import { encodeClick } from '../../../blocks/intent';
import { CaseId } from '../../../src/domain/ids';
import type { Remediation } from '../../../src/domain/remediation';
import { words } from '../../blocks/support/reading';
import { statuses } from '../../blocks/support/samples';
import { aPlan, aProposal } from '../../support/builders';
import { pressed, request } from '../support/requests';
import { startSlack, type FakeSlack } from '../support/slack';
import { aDesk, idOf, type Desk } from './asking';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const id = idOf(1);
const shown = (): string => words(slack.asked('views.update').at(-1));

/** A remediation that a command asked for. */
const aCase = async (desk: Desk, more: Partial<Remediation> = {}) => {
  const one = await desk.remediation(1, {
    case: CaseId.parse(id),
    title: 'Isolate an EC2 instance',
    options: ['stop'],
    ...more,
  });
  const { finding: _, control: __, ...own } = one;
  desk.held.held.remediations.set(id, own);
  await desk.fact(id, 1, {
    type: 'remediation.requested',
    remediation: id,
    facts: { title: 'Isolate an EC2 instance: sg-0a1b2c3d', reason: 'it mines' },
  });
};
const press = async (desk: Desk, kind: 'finding.details' | 'finding.file', user = 'U0RITA') => {
  const click =
    kind === 'finding.file'
      ? ({ kind, finding: id, channel: 'C0ALERTS' } as const)
      : ({ kind, finding: id } as const);
  await desk.send(request(pressed(slack.url, encodeClick(click), { user })));
  await desk.serve();
};

describe('a case without a finding', () => {
  it('has details: what, where, who, why, what was chosen, and its history', async () => {
    const desk = await aDesk(slack);
    await aCase(desk, { status: statuses.held });

    await press(desk, 'finding.details');

    expect(shown()).toContain('Isolate an EC2 instance: sg-0a1b2c3d');
    expect(shown()).toContain('State held AccessDenied: not allowed');
    expect(shown()).toContain('Chosen stop');
    expect(shown()).toContain('History (1)');
  });

  it('has a file with all that is known of it, in its thread', async () => {
    const desk = await aDesk(slack);
    await aCase(desk);
    desk.card(id);

    await press(desk, 'finding.file');

    expect(shown()).toContain('The file stands in the thread');
    const [file] = desk.files;
    expect(file?.name).toBe(`${id}.json`);
    expect(JSON.parse(file?.content ?? '')).toMatchObject({
      remediation: { id },
      trail: [{ event: { facts: { reason: 'it mines' } } }],
    });
  });

  it('has a page for whoever takes an isolation over, beside its file', async () => {
    const desk = await aDesk(slack);
    const steps = [
      { operation: 'evidence.capture-console', input: {}, phase: 'evidence' as const },
    ];
    await aCase(desk, { proposal: aProposal({ plan: aPlan({ steps }) }) });
    desk.card(id);

    await press(desk, 'finding.file');

    expect(desk.files.map(({ name }) => name)).toEqual([`${id}.md`, `${id}.json`]);
    expect(desk.files[0]?.content).toContain('## Timeline');
  });

  it('says so where it has no card, and where it is not known', async () => {
    const desk = await aDesk(slack);
    await press(desk, 'finding.details');
    expect(shown()).toContain('This case is not known here.');
    await aCase(desk);

    await press(desk, 'finding.file');

    expect(shown()).toContain('This case has no card, so there is no thread for the file.');
  });

  it('is shown to members only (law 3)', async () => {
    const desk = await aDesk(slack);
    slack.someone({ is_restricted: true });
    await aCase(desk);

    await press(desk, 'finding.details', 'U0GUS');

    expect(shown()).toContain('✋ You are a guest');
  });

  it('waits in the lists, and the audit finds it by its resource and by its id', async () => {
    const desk = await aDesk(slack);
    await aCase(desk);

    expect(await desk.ask('approvals')).toContain('Isolate an EC2 instance sg-0a1b2c3d');
    expect(await desk.ask('audit sg-0a1b2c3d')).toContain('Isolate an EC2 instance: sg-0a1b2c3d');
    expect(await desk.ask(`audit ${id}`)).toContain('1 links, chain checked ✓');
  });
});
