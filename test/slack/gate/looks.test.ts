import { isJson } from '../../../sandbox/slack/json';
import { buttonsOf } from '../../blocks/support/reading';
import { aGateDesk, kept, typed } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const ann = 'U0ANN';
const rita = 'U0RITA';
const value = '4111 1111 1111 1111';

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

const blocksOf = ({ blocks }: { blocks?: unknown }): unknown[] =>
  Array.isArray(blocks) ? blocks.filter(isJson) : [];
