import { fill } from '../../src/domain/chain';
import { Plan, planHash, type Planned } from '../../src/domain/plan';
import type { Asked } from '../../src/domain/playbook';
import { offersOf } from '../../src/domain/tools';
import { declared } from '../../src/playbooks/declared';
import { account, aFinding, anAsked, aTarget, region } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { aTool, toolText } from '../support/tools';

const target = { ...aTarget, kind: 'AwsEc2Instance', id: 'i-1' };
const asked = (more: Partial<Asked> = {}) => anAsked({ target, finding: aFinding(), ...more });

const look = (tool = aTool(), about = asked()): Promise<Planned> =>
  declared([tool])[0]!.look(new MemoryAws(), about);

const planIn = async (...given: Parameters<typeof look>): Promise<Plan> => {
  const made = await look(...given);
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

describe('a declared playbook', () => {
  it('is offered by its facts, and needs no permission to look', () => {
    const [listed] = declared([aTool()]);

    expect(listed).toMatchObject({ ...offersOf([aTool()])[0], permissions: [] });
    expect(offersOf([aTool()])).toEqual([
      {
        id: 'restart-vendor-agent',
        title: 'Restart the vendor agent',
        summary: 'Restarts the agent and opens a ticket.',
        answers: ['EC2.99', 'guardduty:Backdoor:EC2/*'],
        target: 'AwsEc2Instance',
        risk: 'medium',
        onFailure: 'roll back',
      },
    ]);
  });

  it('plans what runs, with what, once', async () => {
    const { steps, effects } = await planIn();

    expect(steps).toEqual([
      {
        operation: 'ssm.run-automation',
        phase: 'change',
        input: {
          document: 'AWS-RestartEC2Instance',
          parameters: {
            InstanceId: ['i-1'],
            AutomationAssumeRole: [`arn:aws:iam::${account}:role/Automation`],
          },
          timeoutSeconds: 600,
        },
      },
      {
        operation: 'states.run-execution',
        phase: 'change',
        chained: true,
        input: {
          stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:isolate-host`,
          input: { host: 'i-1', ticket: '${steps.1.ticket.Id}', tries: 3 },
          timeoutSeconds: 600,
        },
      },
      {
        operation: 'https.call-webhook',
        phase: 'change',
        chained: true,
        input: {
          url: 'https://tools.example.com/drawbridge/isolate',
          body: {
            about: `${aFinding().title} (high)`,
            ticket: '${steps.1.ticket.Id}',
          },
          secret: 'vendor',
          timeoutSeconds: 1800,
        },
      },
    ]);
    expect(effects.map(({ what, before }) => [what, before])).toEqual([
      ['Automation AWS-RestartEC2Instance', 'not run'],
      ['State machine isolate-host', 'not run'],
      ['Tool tools.example.com/drawbridge/isolate', 'not run'],
    ]);
    expect(effects[1]?.after).toBe(
      'run once with {"host":"i-1","ticket":"‹ticket.Id of step 1›","tries":3}',
    );
  });

  it('never claims that nothing is to do, nor that it can be undone', async () => {
    const { reversible, leaves, warnings, blastRadius } = await planIn();

    expect(leaves).toMatch(/stays open\.$/);

    expect(reversible).toEqual({ not: expect.stringMatching(/^other tools do it.*\.$/) });
    expect(warnings).toEqual([
      'This cannot be undone, and Drawbridge cannot foresee what it changes.',
      'Step 2 is told what an earlier step gives, which is not known yet.',
      'Step 3 is told what an earlier step gives, which is not known yet.',
    ]);
    expect(blastRadius).toEqual([expect.stringMatching(/^What is touched besides i-1 .*\.$/)]);
  });

  it('plans the same for the same finding, also after it was stored', async () => {
    const plan = await planIn();

    expect(await planIn()).toEqual(plan);
    expect(planHash(Plan.parse(JSON.parse(JSON.stringify(plan))))).toBe(planHash(plan));
  });

  it('is another plan when what it is told has changed (law 2)', async () => {
    const other = asked({ finding: aFinding({ severity: 'critical' }) });

    expect(planHash(await planIn(aTool(), other))).not.toBe(planHash(await planIn()));
  });

  it('runs a version, and what is told nothing', async () => {
    const steps = [{ ssm: { document: 'Patch', version: '$LATEST' } }];
    const plan = await planIn(aTool({ steps }));

    expect(plan.steps[0]?.input).toMatchObject({ version: '$LATEST', parameters: {} });
    expect(plan.steps[0]).not.toHaveProperty('chained');
    expect(plan.effects[0]?.after).toBe('run once');
  });

  it('tells a finding’s words as they are, even if they look like a reference (law 11)', async () => {
    const title = 'Sly ${steps.1.ticket.Id} $$ {{target.id}}';
    const { steps } = await planIn(aTool(), asked({ finding: aFinding({ title }) }));

    const input = fill(steps[2]!.input, [{ 'ticket.Id': 'T-1' }]);

    expect(input).toMatchObject({ body: { about: `${title} (high)`, ticket: 'T-1' } });
  });

  it('refuses when it has to be told what nobody knows (law 10)', async () => {
    const { finding: _, ...without } = asked();

    expect(await look(aTool(), without)).toEqual({
      kind: 'refusal',
      because: 'This tool has to be told finding.title, which is not known here.',
    });
  });

  it('refuses a state machine that a session of the target cannot start', async () => {
    const machine = 'arn:aws:states:us-east-1:999988887777:stateMachine:isolate-host';
    const steps = [{ states: { machine } }];

    expect(await look(aTool({ steps }))).toEqual({
      kind: 'refusal',
      because: `The state machine is in us-east-1 of account 999988887777, the target in ${region} of account ${account}.`,
    });
  });

  it('calls a rehearsal’s tool on loopback without TLS', async () => {
    const webhook = { ...toolText.steps[2]!.webhook!, host: '127.0.0.1:4005', body: {} };
    const { steps } = await planIn(aTool({ steps: [{ webhook }] }));

    expect(steps[0]?.input).toMatchObject({ url: 'http://127.0.0.1:4005/drawbridge/isolate' });
  });

  it('passes on a fault of its own', async () => {
    const tool = aTool();
    Object.defineProperty(tool.steps[0], 'timeout', {
      get: () => {
        throw new RangeError('broken');
      },
    });

    await expect(look(tool)).rejects.toThrow(RangeError);
  });
});
