import { isJson } from '../../../sandbox/slack/json';
import { aRun } from '../../blocks/support/gate';
import { buttonsOf } from '../../blocks/support/reading';
import { aGateDesk, picked, typed } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const ann = 'U0ANN';
const rita = 'U0RITA';
const value = '4111 1111 1111 1111';

/** All that stays: what waits in the table, the trail, runs, decisions and the log. */
const kept = (desk: Awaited<ReturnType<typeof aGateDesk>>): string =>
  [
    ...desk.stored,
    JSON.stringify([...desk.memory.runs.values()]),
    JSON.stringify([...desk.memory.decisions.values()]),
    JSON.stringify(desk.memory.links),
    JSON.stringify(desk.logged),
  ].join('\n');

describe('samples', () => {
  it('are shown in a window of who asked, and only that they were looked at is kept (law 12)', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('samples', ann);
    expect(buttonsOf(blocksOf(desk.shown()))).toEqual(['Show', 'Show']);
    expect(desk.said()).not.toContain('file-2.csv');

    await desk.pressInside('sample', ann, { at: '000001-0001' });

    expect(desk.said()).toContain('in/file-1.csv');
    expect(desk.said()).toContain('CREDIT_CARD_NUMBER ••••••1111');
    expect(desk.macie.asked).toEqual([['samples', 'finding-1']]);
    expect(desk.memory.links.map(({ event: { type, facts } }) => ({ type, facts }))).toEqual([
      { type: 'gate.samples-shown', facts: { key: 'in/file-1.csv' } },
    ]);
    expect(kept(desk)).not.toContain('1111');
    expect(slack.asked('chat.postMessage')).toEqual([]);
  });

  it('are for the role that the policy names, and a no is audited', async () => {
    const desk = await aGateDesk(slack);

    await desk.press('samples', rita);
    expect(desk.said()).toContain('Only approvers may see samples.');
    await desk.press('sample', rita, { at: '000001-0001' });

    expect(desk.said()).toContain('Only approvers may see samples.');
    expect(desk.macie.asked).toEqual([]);
    expect(desk.types()).toEqual(['gate.decision-refused']);
  });

  it('that Macie does not give are told with its reason', async () => {
    const desk = await aGateDesk(slack);
    desk.macie.samples = { kind: 'not available', because: 'the object is too large' };

    await desk.press('sample', ann, { at: '000001-0000' });

    expect(desk.said()).toContain('Macie shows no samples: the object is too large.');
  });

  it.each(['000001-0077', 'nonsense', '000000-0000'])(
    'of no held object are none: %s',
    async (at) => {
      const desk = await aGateDesk(slack);

      await desk.press('sample', ann, { at });

      expect(desk.said()).toContain('This object is not held here.');
    },
  );
});

describe('an identifier', () => {
  const draft = {
    regex: typed('EMP-\\d{6}'),
    keywords: typed('employee, staff id\nbadge'),
    ignore: typed(''),
    distance: typed('20'),
    sample: typed(`my card is ${value}`),
  };

  it('is tried from a command: matches, and the lines that propose it', async () => {
    const desk = await aGateDesk(slack);
    await desk.command('identifier test', rita);
    expect(slack.asked('views.open')).toHaveLength(1);
    expect(desk.said()).toContain('A text to try it on');

    await desk.submit(rita, draft);

    expect(desk.said()).toContain('2 matches');
    expect(desk.said()).toContain("--keywords 'employee' 'staff id' 'badge'");
    expect(desk.macie.asked).toEqual([
      [
        'test',
        {
          regex: 'EMP-\\d{6}',
          keywords: ['employee', 'staff id', 'badge'],
          ignoreWords: [],
          distance: 20,
        },
        `my card is ${value}`,
      ],
    ]);
  });

  it('is tried on a text that is kept nowhere and shown never again (law 12)', async () => {
    const desk = await aGateDesk(slack);
    await desk.command('identifier test', rita);
    await desk.submit(rita, draft);

    expect(desk.stored).toHaveLength(2);
    expect(kept(desk)).not.toContain('4111');
    expect(JSON.stringify(slack.calls)).not.toContain('4111');
  });

  it.each([
    [{ distance: typed('0') }, 'The distance is a number from 1 to 300.'],
    [{ distance: typed('many') }, 'The distance is a number from 1 to 300.'],
    [{ keywords: typed('ab') }, 'A keyword has 3 to 90 characters.'],
    [{ ignore: typed('abc') }, 'An ignore word has 4 to 90 characters.'],
    [{ regex: typed('a\u200bb') }, 'characters that nobody sees'],
  ])('that Macie would not take is not tried: %j', async (more, said) => {
    const desk = await aGateDesk(slack);
    await desk.command('identifier test', rita);

    await desk.submit(rita, { ...draft, ...more });

    expect(desk.said()).toContain(said);
    expect(desk.macie.asked).toEqual([]);
  });

  it('that Macie refuses is told with its words, and a stranger tries nothing', async () => {
    const desk = await aGateDesk(slack);
    desk.macie.tried = { kind: 'refused', because: 'the regex is invalid' };
    await desk.command('identifier test', rita);
    await desk.submit('U0NILS', draft);
    expect(desk.said()).toContain('Only approvers may try identifiers.');
    await desk.command('identifier test', rita);
    await desk.submit(rita, draft);

    expect(desk.said()).toContain('Macie does not take it: the regex is invalid');
  });
});

describe('D9: a false positive', () => {
  const reason = { reason: typed('these are order numbers') };
  const allow = {
    ...reason,
    how: picked('allow list'),
    regex: typed('ORD-\\d{16}'),
    sample: typed(`ORD-${value}`),
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

const blocksOf = ({ blocks }: { blocks?: unknown }): unknown[] =>
  Array.isArray(blocks) ? blocks.filter(isJson) : [];
