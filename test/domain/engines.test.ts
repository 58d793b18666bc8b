import { Tool } from '../../src/domain/engines';
import { toolFaults } from '../../src/domain/tool-rules';
import { endpointsOf } from '../../src/domain/tools';
import { aTool, toolText } from '../support/tools';

const webhook = toolText.steps[2]!.webhook!;
const takes = (more: object) => Tool.safeParse({ ...toolText, ...more }).success;
const step = (each: object) => takes({ steps: [each] });

describe('a declared playbook', () => {
  it('waits ten minutes for a step unless told, four hours at most', () => {
    expect(aTool().steps.map(({ timeout }) => timeout)).toEqual([600_000, 600_000, 1_800_000]);
    expect(step({ webhook, timeout: '4h' })).toBe(true);
    expect(step({ webhook, timeout: '5h' })).toBe(false);
  });

  it.each<[string, object]>([
    ['a key that it does not know', { run: 'x' }],
    ['an id without a verb', { id: 'agent' }],
    ['a title that no button holds', { title: 'x'.repeat(76) }],
    ['no answer', { answers: [] }],
    ['a resource that is none', { target: 'an instance' }],
    ['no step', { steps: [] }],
    ['six steps', { steps: Array.from({ length: 6 }, () => ({ webhook })) }],
    ['a step of two engines', { steps: [{ webhook, ssm: { document: 'x' } }] }],
    ['a step of no engine', { steps: [{ timeout: '10m' }] }],
  ])('is refused with %s', (_, more) => {
    expect(takes(more)).toBe(false);
  });

  it.each([
    ['tools.example.com', true],
    ['tools.example.com:8443', true],
    ['127.0.0.1:4005', true],
    ['localhost:4005', true],
    ['localhost', false],
    ['127.0.0.1', false],
    ['10.0.0.1', false],
    ['169.254.169.254', false],
    ['169.254.169.254:80', false],
    ['2130706433', false],
    ['[::1]:80', false],
    ['tools', false],
    ['*.example.com', false],
    ['user@tools.example.com', false],
    ['tools.example.com/x', false],
    ['{{target.id}}.example.com', false],
  ])('may call a tool at %s: %s', (host, may) => {
    expect(step({ webhook: { ...webhook, host } })).toBe(may);
  });

  it.each([
    ['/a/b-c_d.e~f', true],
    ['a', false],
    ['/a?b=c', false],
    ['/a#b', false],
    ['/{{target.id}}', false],
  ])('may call a tool under %s: %s', (path, may) => {
    expect(step({ webhook: { ...webhook, path } })).toBe(may);
  });

  it.each([
    ['arn:aws:states:us-east-1:111122223333:stateMachine:isolate', true],
    ['arn:aws:states:{{target.region}}:{{target.account}}:stateMachine:isolate', true],
    ['arn:aws:states:us-east-1:111122223333:express:isolate', false],
    ['isolate', false],
  ])('may run the machine %s: %s', (machine, may) => {
    expect(step({ states: { machine } })).toBe(may);
  });
});

it('the tools that may be called are those that are declared, each with its secret', () => {
  const local = { webhook: { ...webhook, host: 'localhost:1', secret: 'other' } };

  expect(endpointsOf([aTool(), aTool({ steps: [local] })])).toEqual([
    { url: 'https://tools.example.com/drawbridge/isolate', secret: 'vendor' },
    { url: 'http://localhost:1/drawbridge/isolate', secret: 'other' },
  ]);
});

describe('the sense of a declared playbook', () => {
  const faults = (more: Parameters<typeof aTool>[0]) =>
    toolFaults([aTool(more)]).map(({ path, words }) => `${path.join('.')}: ${words}`);
  const body = (text: string) => faults({ steps: [{ webhook: { ...webhook, body: { text } } }] });

  it('is there', () => {
    expect(toolFaults([aTool()])).toEqual([]);
  });

  it('is missing where its title starts otherwise than its id', () => {
    expect(faults({ title: 'Agent, vendor' })).toEqual([
      '0.title: start it with “restart”, as the id does',
    ]);
  });

  it.each(['guardduty', 'ec2.19', 'GuardDuty:Backdoor', ':x', 'guardduty:'])(
    'is missing where it answers “%s”',
    (answer) => {
      expect(faults({ answers: ['EC2.19', 'guardduty:*', answer] })).toEqual([
        '0.answers.2: write a control such as EC2.19, or a product and a type: guardduty:Backdoor:EC2/*',
      ]);
    },
  );

  it.each([
    ['{{finding.title}} of {{ target.id }}', []],
    ['{{finding.owner}}', [expect.stringContaining('there is no {{finding.owner}}: target.id, ')]],
    ['{{env.SECRET}}', [expect.stringContaining('there is no {{env.SECRET}}')]],
    ['{{steps.0.x}}', [expect.stringContaining('there is no {{steps.0.x}}')]],
    ['{{}}', [expect.stringContaining('there is no {{}}')]],
    ['{{target.id', [expect.stringContaining('the braces in “{{target.id” do not close')]],
    ['{{{target.id}}}', []],
  ])('of the mark %s', (text, expected) => {
    expect(body(text)).toEqual(expected);
  });

  it('is missing where a step is told what is not known yet', () => {
    const [ssm, states] = toolText.steps;

    expect(faults({ steps: [states!, ssm!] })).toEqual([
      '0.steps.0.states.input: {{steps.1.ticket.Id}} is not known yet: step 1 can use no output, since it is the first',
    ]);
    expect(
      faults({ steps: [ssm!, { ssm: { document: 'X', parameters: { a: '{{steps.2.x}}' } } }] }),
    ).toEqual([
      '0.steps.1.ssm.parameters: {{steps.2.x}} is not known yet: step 2 can use outputs of step 1',
    ]);
  });

  it('is missing where a late step is told of one that is later still', () => {
    const { ssm } = toolText.steps[0]!;
    const late = { ssm: { document: 'X', parameters: { a: '{{steps.3.x}}' } } };

    expect(faults({ steps: [{ ssm }, { ssm }, late].map((each) => each as never) })).toEqual([
      '0.steps.2.ssm.parameters: {{steps.3.x}} is not known yet: step 3 can use outputs of steps 1 to 2',
    ]);
  });

  it('is missing where what runs is not fixed', () => {
    const machine = 'arn:aws:states:us-east-1:{{finding.account}}:stateMachine:isolate';

    expect(faults({ steps: [{ ssm: { document: 'Fix-{{target.id}}' } }] })).toEqual([
      '0.steps.0.ssm.document: {{target.id}} cannot stand here: what runs is fixed',
    ]);
    expect(faults({ steps: [{ states: { machine } }] })).toEqual([
      '0.steps.0.states.machine: {{finding.account}} cannot stand here: only {{target.account}} and {{target.region}} can',
    ]);
  });
});
