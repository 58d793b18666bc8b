import { aRun } from '../../blocks/support/gate';
import { aGateDesk, kept, picked, typed } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const ann = 'U0ANN';
const rita = 'U0RITA';

describe('D9: a false positive', () => {
  const reason = { reason: typed('these are order numbers') };
  const allow = {
    ...reason,
    how: picked('allow list'),
    regex: typed('ORD-\\d{16}'),
    sample: typed('ORD-4111 1111 1111 1111'),
  };
  const filter = {
    ...reason,
    how: picked('filter'),
    category: picked('0'),
    extension: typed('.CSV'),
  };

  it('becomes a findings filter after its preview, once, and is audited', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('spare', ann);
    await desk.submit(ann, filter);
    expect(desk.said()).toContain('It would have hidden 3 findings of the last 30 days.');
    expect(desk.macie.asked.map(([what]) => what)).toEqual(['hidden']);

    await desk.submit(ann, {});

    expect(desk.said()).toContain('filter made-1');
    expect(desk.macie.asked.at(-1)).toMatchObject([
      'filter',
      {
        description: expect.stringContaining('these are order numbers'),
        criteria: {
          'classificationDetails.result.sensitiveData.detections.type': {
            eq: ['CREDIT_CARD_NUMBER'],
          },
          'resourcesAffected.s3Object.extension': { eq: ['csv'] },
        },
      },
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(desk.memory.links.at(-1)?.event).toMatchObject({
      type: 'gate.spared',
      actor: { id: ann },
      facts: { what: 'filter', id: 'made-1', category: 'CREDIT_CARD_NUMBER' },
    });
  });

  it('of a custom identifier is filtered by the name of it', async () => {
    const desk = await aGateDesk(slack);
    const detected = [{ type: 'EMPLOYEE_ID', count: 2, objects: 1 }];
    const run = aRun({ decisions: 0 });
    desk.memory.runs.set(desk.id, { ...run, summary: { ...run.summary!, detected } });
    const managed = 'classificationDetails.result.sensitiveData.detections.type';
    desk.deps.identifiers.hiddenBy = async (criteria) => ({
      count: managed in criteria ? 0 : 5,
      more: true,
    });
    await desk.press('spare', ann);
    await desk.submit(ann, { ...filter, extension: typed('') });
    expect(desk.said()).toContain('more than 5 findings');

    await desk.submit(ann, {});

    expect(desk.macie.asked.at(-1)).toMatchObject([
      'filter',
      {
        criteria: {
          'classificationDetails.result.customDataIdentifiers.detections.name': {
            eq: ['EMPLOYEE_ID'],
          },
        },
      },
      expect.anything(),
    ]);
  });

  it('becomes an allow list after it was tried; neither pattern nor text is kept', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('spare', ann);
    await desk.submit(ann, allow);
    expect(desk.said()).toContain('It matches 2 times in your text.');

    await desk.submit(ann, {});

    expect(desk.said()).toContain('The allow list made-1 is made.');
    expect(desk.macie.asked.at(-1)).toMatchObject([
      'allow list',
      { regex: 'ORD-\\d{16}' },
      expect.anything(),
    ]);
    expect(kept(desk)).not.toContain('4111');
    expect(kept(desk)).not.toContain('ORD-');
  });

  it.each([
    [
      'an allow list without a pattern',
      { ...allow, regex: typed('') },
      'needs a regular expression',
    ],
    ['a filter without a category', { ...filter, category: picked('') }, 'needs a category'],
    ['a filter for an odd end', { ...filter, extension: typed('a*') }, 'letters and digits'],
  ])('becomes nothing: %s', async (_, values, said) => {
    const desk = await aGateDesk(slack);
    await desk.press('spare', ann);

    await desk.submit(ann, values);

    expect(desk.said()).toContain(said);
    expect(desk.macie.asked).toEqual([]);
  });

  it('is said by those only who may decide', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('spare', rita);
    expect(desk.said()).toContain('Only approvers may say what is a false positive.');
    await desk.press('spare', ann);
    await desk.submit(ann, allow);

    await desk.submit(rita, {});

    expect(desk.said()).toContain('Only approvers may say what is a false positive.');
    expect(desk.macie.asked.map(([what]) => what)).toEqual(['test']);
  });
});
