import type { KnownBlock } from '@slack/types';
import type { Finding } from '../../src/domain/finding';
import type { Estate } from '../../src/app/ports';
import { buttonsOf } from '../blocks/support/reading';
import { account, aFinding, aPolicy, region } from '../support/builders';
import { ask } from '../support/isolated-world';
import { awsError, MemoryAws } from '../support/memory-aws';
import { bo, gus, nils } from '../support/people';
import { aLookout } from './support/isolating';

const id = 'i-0a1b2c3d';
const policy = aPolicy({ accounts: [{ id: account, name: 'security', regions: [region] }] });

const guardDuty = (more: Partial<Finding> = {}): Finding => ({
  ...aFinding({
    key: 'f'.repeat(32),
    source: 'guardduty',
    product: 'GuardDuty',
    type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
    title: 'It talks to a mining pool',
    resources: [{ kind: 'AwsEc2Instance', id: `arn:aws:ec2:${region}:${account}:instance/${id}` }],
  }),
  ...more,
});

describe('/isolate', () => {
  it('shows the plan with the facts, its options and the reason that was typed', async () => {
    const { askFor } = await aLookout({ policy });

    const { view, text, form } = await askFor(`${id} security because it mines`);

    expect(form).toBe('v1:case.request');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ ...ask, channel: 'C0ALERTS' });
    expect(text).toContain('What will change on i-0a1b2c3d');
    expect(text).toContain('i-0a1b2c3d (web-1) is a t3.small and running');
    expect(text).toContain('Look inside the host');
    expect(JSON.stringify(view.blocks)).toContain('"initial_value":"it mines"');
    expect(JSON.stringify(view.blocks)).toMatch(/"initial_options":\[\{"text":\{[^}]*Look inside/);
  });

  it('takes the beginning of an id', async () => {
    const { askFor } = await aLookout({ policy });

    expect((await askFor('I-0A1')).text).toContain('What will change on i-0a1b2c3d');
  });

  it('asks about what it does not understand', async () => {
    const { askFor } = await aLookout({ policy });

    expect((await askFor('web-1')).text).toContain('Name an instance');
  });

  it.each([
    [nils, '✋ Only responders may ask for a remediation. These are responders:'],
    [gus, '✋ You are a guest here'],
  ])('looks nowhere for somebody who may not ask (law 3)', async (person, words) => {
    const estate: Estate = { session: () => Promise.reject(new Error('nobody looks')) };
    const lookout = await aLookout({ policy, estate });

    expect((await lookout.askFor(id, person)).text).toContain(words);
    expect([...lookout.held.held.chains.values()].flat().at(-1)?.event).toMatchObject({
      type: 'remediation.request-refused',
      facts: { target: id },
    });
  });

  it('says where nobody could look, and never that it is not there (law 10)', async () => {
    const estate: Estate = { session: () => Promise.reject(awsError('AccessDenied')) };
    const { askFor } = await aLookout({ policy, estate });

    const { text } = await askFor(id);

    expect(text).toContain('No instance i-0a1b2c3d is in the 0 places that answered.');
    expect(text).toContain('could not be asked: security (111122223333), eu-west-1: AccessDenied');
  });

  it('lets people choose among several, and says how many more there are', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `i-0a1b2c3${index}`);
    const aws = new MemoryAws({
      'ec2:DescribeInstances': () => ({
        Reservations: [
          {
            Instances: ids.map((InstanceId, index) => ({
              InstanceId,
              ...(index === 0 && { Tags: [{ Key: 'Name', Value: 'web *bold*' }] }),
            })),
          },
        ],
      }),
    });
    const { askFor } = await aLookout({ policy, estate: { session: async () => aws } });

    const { view, text } = await askFor('i-0a1');

    expect(text).toContain('7 instances begin with i-0a1. Which one?');
    expect(text).toContain('i-0a1b2c30 “web *bold*”, unknown, security (111122223333), eu-west-1');
    expect(buttonsOf(view.blocks as KnownBlock[])).toHaveLength(5);
    expect(text).toContain('and 2 more: name more of the id.');
  });

  it('takes the one that is named exactly, though others begin with it', async () => {
    const lookout = await aLookout({ policy });
    const { host } = lookout;
    const call = host.aws.call.bind(host.aws);
    host.aws.call = async (name, input) => {
      const answer = await call(name, input);
      if (name === 'ec2:DescribeInstances' && 'Reservations' in answer)
        answer.Reservations?.[0]?.Instances?.push({ InstanceId: `${id}012345678` });
      return answer;
    };

    expect((await lookout.askFor(id)).text).toContain('What will change on i-0a1b2c3d');
  });

  it('shows who was first where the same is under way (law 5)', async () => {
    const lookout = await aLookout({ policy });
    await lookout.isolate();

    expect((await lookout.askFor(id, bo)).text).toContain('Rita already asked for this at');
  });

  it('shows a refusal of the playbook, and what was isolated already', async () => {
    const ended = await aLookout({
      policy,
      server: { instance: { State: { Name: 'terminated' } } },
    });
    const isolated = await aLookout({ policy, server: { isolated: true } });

    expect((await ended.askFor(id)).text).toContain('is terminated: there is nothing left');
    expect((await isolated.askFor(id)).text).toContain('is isolated already: /release');
  });

  it('is refused where the policy says never', async () => {
    const never = aPolicy({
      rules: [{ when: { playbook: [ask.playbook] }, run: 'never', because: 'Call the on-call.' }],
      accounts: policy.accounts,
    });
    const { askFor } = await aLookout({ policy: never });

    expect((await askFor(id)).text).toContain('✋ Call the on-call.');
  });
});

describe('“Isolate this instance” in the menu of a message', () => {
  it('asks for the finding whose card it is', async () => {
    const { message } = await aLookout({ policy, findings: [guardDuty()] });

    const { text, form } = await message({ finding: 'f'.repeat(32) });

    expect(form).toBe('v1:remediation.request');
    expect(text).toContain('What will change on i-0a1b2c3d');
  });

  it('is refused there as anywhere, and shows who was first', async () => {
    const lookout = await aLookout({ policy, findings: [guardDuty()] });
    const wish = { finding: 'f'.repeat(32) };

    expect((await lookout.message(wish, nils)).text).toContain('✋ Only responders');
    await lookout.isolate();
    expect((await lookout.message(wish)).text).toContain('Rita already asked for this');
  });

  it('makes a case of its own where the finding is not answered by it', async () => {
    const finding = { ...guardDuty(), product: 'Security Hub', control: 'EC2.8' };
    const { message } = await aLookout({ policy, findings: [finding] });

    expect((await message({ finding: 'f'.repeat(32) })).form).toBe('v1:case.request');
  });

  it('finds the instance that a message names, and says where there is none', async () => {
    const { message } = await aLookout({ policy });

    expect((await message({ text: `what is ${id} doing?` })).form).toBe('v1:case.request');
    expect((await message({ text: 'hello' })).text).toContain('This message names no instance');
  });
});

it('a choice or a retry shows the plan at its place', async () => {
  const { place } = await aLookout({ policy });

  expect((await place(ask)).form).toBe('v1:case.request');
  expect((await place({ ...ask, playbook: 'nothing' })).text).toContain('no such playbook');
});
