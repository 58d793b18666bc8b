import type { Plan, Planned } from '../../src/domain/plan';
import type { IngressRule } from '../../src/operations/ec2/ingress-rule';
import type { ReplaceIngressRules } from '../../src/operations/ec2/replace-ingress-rules';
import { plan as planFor } from '../../src/playbooks/close-ec2-admin-ports/plan';
import type { User } from '../../src/playbooks/close-ec2-admin-ports/read';
import { anAsked, aTarget } from '../support/builders';
import { rule } from '../operations/samples/ec2-rules';

const v6 = { source: { kind: 'ipv6', id: '::/0' } } as const;
const office = { source: { kind: 'ipv4', id: '198.51.100.0/24' } } as const;

const planned = (
  rules: readonly IngressRule[],
  control?: string,
  users: readonly User[] = [],
): Planned =>
  planFor(
    { kind: 'group', name: 'web', vpc: 'vpc-1', rules, users },
    anAsked(control ? { control } : {}),
  );

const planOf = (...given: Parameters<typeof planned>) => {
  const made = planned(...given);
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

const inputOf = ({ steps }: Plan): ReplaceIngressRules => steps[0]!.input as ReplaceIngressRules;

/** What goes and what comes, each as `tcp 20-25 0.0.0.0/0`. */
const changeOf = (...given: Parameters<typeof planned>) => {
  const { remove, add } = inputOf(planOf(...given));
  const text = ({ protocol, from, to, source }: IngressRule) =>
    `${protocol} ${from}-${to} ${source.id}`;
  return { remove: remove.map(text), add: add.map(text) };
};

it('leaves the group alone through which isolated instances pass', () => {
  const made = planFor({ kind: 'ours', name: 'drawbridge-transition' }, anAsked({}));

  expect(made).toMatchObject({
    kind: 'refusal',
    because: expect.stringContaining('drawbridge-transition is a group of Drawbridge'),
  });
});

describe('a rule open to everybody', () => {
  it.each<[string, IngressRule, string, string[]]>([
    [
      'a range around the port',
      rule(20, 25),
      'EC2.13',
      ['tcp 20-21 0.0.0.0/0', 'tcp 23-25 0.0.0.0/0'],
    ],
    ['exactly the port', rule(22, 22), 'EC2.13', []],
    ['a range that begins with it', rule(22, 23), 'EC2.13', ['tcp 23-23 0.0.0.0/0']],
    ['a range that ends with it', rule(21, 22), 'EC2.13', ['tcp 21-21 0.0.0.0/0']],
    ['all ports', rule(0, 65_535), 'EC2.13', ['tcp 0-21 0.0.0.0/0', 'tcp 23-65535 0.0.0.0/0']],
    ['IPv6', rule(22, 30, v6), 'EC2.13', ['tcp 23-30 ::/0']],
    ['RDP over UDP', rule(3380, 3389, { protocol: 'udp' }), 'EC2.14', ['udp 3380-3388 0.0.0.0/0']],
  ])('is replaced by what is left: %s', (_, wide, control, add) => {
    const change = changeOf([wide], control);

    expect(change.remove).toHaveLength(1);
    expect(change.add).toEqual(add);
  });

  it.each([
    ['0.0.0.0/0', 'icmp', {}],
    ['::/0', 'icmpv6', v6],
  ])('to all traffic becomes one rule for each protocol in use: %s', (from, icmp, source) => {
    const all = rule(-1, -1, { protocol: '-1', ...source });

    const { add } = changeOf([all]);

    expect(add).toEqual([
      `tcp 0-21 ${from}`,
      `tcp 23-3388 ${from}`,
      `tcp 3390-65535 ${from}`,
      `udp 0-3388 ${from}`,
      `udp 3390-65535 ${from}`,
      `${icmp} -1--1 ${from}`,
      `47 -1--1 ${from}`,
      `50 -1--1 ${from}`,
      `51 -1--1 ${from}`,
    ]);
    expect(planOf([all]).warnings).toContainEqual(expect.stringContaining('“All traffic”'));
  });

  it('keeps its description and tags on each piece', () => {
    const words = { description: 'temporary', tags: { owner: 'web' } };

    const { add } = inputOf(planOf([rule(20, 25, words)], 'EC2.13'));

    expect(add).toEqual([rule(20, 21, words), rule(23, 25, words)]);
  });

  it('is closed in IPv4 and IPv6, each for itself', () => {
    const { remove, add } = changeOf([rule(22, 23), rule(22, 23, v6)], 'EC2.13');

    expect(remove).toEqual(['tcp 22-23 0.0.0.0/0', 'tcp 22-23 ::/0']);
    expect(add).toEqual(['tcp 23-23 0.0.0.0/0', 'tcp 23-23 ::/0']);
  });

  it('that leaves the same rest as another leaves it once, with the first description', () => {
    const first = rule(20, 25, { description: 'first' });
    const second = rule(22, 25, { description: 'second' });

    const { add } = inputOf(planOf([first, second], 'EC2.13'));

    expect(add).toEqual([
      rule(20, 21, { description: 'first' }),
      rule(23, 25, { description: 'first' }),
    ]);
  });

  it('whose rest stands already as another rule adds nothing', () => {
    const { add } = changeOf([rule(20, 22), rule(20, 21, { description: 'own' })], 'EC2.13');

    expect(add).toEqual([]);
  });
});

describe('what stays', () => {
  it.each<[string, IngressRule, string]>([
    ['RDP, where SSH was found', rule(3389, 3389), 'EC2.13'],
    ['SSH, where RDP was found', rule(22, 22), 'EC2.14'],
    ['UDP 22', rule(22, 22, { protocol: 'udp' }), 'EC2.13'],
    ['another port', rule(443, 443), 'EC2.13'],
    ['a narrower source', rule(22, 22, office), 'EC2.13'],
    ['a narrower source of all traffic', rule(-1, -1, { protocol: '-1', ...office }), 'EC2.13'],
    ['a prefix list', rule(22, 22, { source: { kind: 'prefix list', id: 'pl-1' } }), 'EC2.13'],
    ['a group', rule(22, 22, { source: { kind: 'group', id: 'sg-2', owner: '' } }), 'EC2.13'],
  ])('is %s', (_, kept, control) => {
    const open = rule(
      20,
      3389,
      control === 'EC2.13' ? { from: 22, to: 22, ...v6 } : { ...v6, from: 3389 },
    );

    const alone = planned([kept], control);
    const beside = planOf([kept, open], control);

    expect(alone.kind).toBe('compliant');
    expect(beside.keeps).toHaveLength(1);
    expect(inputOf(beside).remove).toEqual([open]);
  });
});

describe('words for the approver', () => {
  it('are the rule before and what is left of it', () => {
    expect(planOf([rule(20, 25), rule(22, 22, v6)], 'EC2.13').effects).toEqual([
      {
        what: 'Inbound rule',
        before: 'TCP 20–25 from 0.0.0.0/0',
        after: 'TCP 20–21 from 0.0.0.0/0 + TCP 23–25 from 0.0.0.0/0',
      },
      { what: 'Inbound rule', before: 'TCP 22 from ::/0', after: 'removed' },
    ]);
  });

  it('warn when nobody can reach the port any more, not when somebody can', () => {
    const nobody = planOf([rule(22, 22)], 'EC2.13').warnings;
    const somebody = planOf([rule(22, 22), rule(22, 22, office)], 'EC2.13').warnings;

    expect(nobody).toEqual([expect.stringMatching(/^Nobody can reach SSH \(22\) through/)]);
    expect(somebody).toEqual([]);
  });

  it('warn when more than 60 rules stand at once, exactly from the 61st', () => {
    const many = (count: number) => [
      rule(20, 25),
      ...Array.from({ length: count }, (_, n) => rule(1000 + n, 1000 + n)),
      rule(22, 22, office),
    ];

    const [fits, over] = [planOf(many(56), 'EC2.13'), planOf(many(57), 'EC2.13')];

    expect(fits.warnings).toEqual([]);
    expect(over.warnings).toEqual([
      expect.stringContaining('has up to 61 inbound rules meanwhile'),
    ]);
  });

  it('say who uses the group', () => {
    const user = (n: number, more: Partial<User> = {}): User => ({
      networkInterface: `eni-${n}`,
      description: '',
      publicAddress: false,
      ...more,
    });
    const users = [
      user(0, { instance: 'i-0', publicAddress: true }),
      user(1, { instance: 'i-0' }),
      user(2, { description: 'ELB app/web' }),
      ...Array.from({ length: 10 }, (_, n) => user(n + 3)),
    ];

    expect(planOf([rule(22, 22)], 'EC2.13').blastRadius).toEqual([
      'Group web in vpc-1 is used by no network interface: nothing loses a connection.',
    ]);
    expect(planOf([rule(22, 22)], 'EC2.13', [user(1)]).blastRadius).toEqual([
      'Group web in vpc-1 is used by 1 network interface, 0 with a public address.',
      'Others: eni-1',
      'New connections stop at once; established ones may go on until they end.',
    ]);
    expect(planOf([rule(22, 22)], 'EC2.13', users).blastRadius).toEqual([
      'Group web in vpc-1 is used by 13 network interfaces, 1 with a public address.',
      'Instances: i-0',
      'Others: ELB app/web, eni-3, eni-4, eni-5, eni-6, eni-7, eni-8, eni-9, eni-10, eni-11 and 1 more',
      'New connections stop at once; established ones may go on until they end.',
    ]);
    expect(planOf([rule(22, 22)], 'EC2.13', users.slice(0, 1)).blastRadius).toHaveLength(3);
  });

  it('say why there is nothing to do', () => {
    const gone = planFor({ kind: 'missing' }, anAsked());

    expect(gone).toEqual({
      kind: 'compliant',
      because: `The security group ${aTarget.id} does not exist any more.`,
    });
    expect(planned([])).toMatchObject({
      because: `No inbound rule of ${aTarget.id} opens SSH (22) or RDP (3389) to the internet.`,
    });
  });
});
