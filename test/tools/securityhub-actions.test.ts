import {
  CreateActionTargetCommand,
  DescribeActionTargetsCommand,
  EnableSecurityHubCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { sendHere } from '../../src/findings/custom-action';
import { register } from '../../tools/securityhub-actions';
import { bench, type Bench } from '../sandbox/hub/support/hub';

describe('the custom action of Security Hub', () => {
  let world: Bench;
  let client: SecurityHubClient;
  const targets = async () =>
    (await client.send(new DescribeActionTargetsCommand({}))).ActionTargets ?? [];
  const others = async (count: number) => {
    for (let n = 0; n < count; n += 1)
      await client.send(
        new CreateActionTargetCommand({ Id: `Other${n}`, Name: `Other ${n}`, Description: 'x' }),
      );
  };

  beforeEach(async () => {
    world = await bench();
    client = world.securityHub();
    await client.send(new EnableSecurityHubCommand({}));
  });
  afterEach(() => world.close());

  it('is created once, however often it is asked for', async () => {
    await others(3);

    expect([await register(client), await register(client)]).toEqual([
      'to be created',
      'as it should be',
    ]);
    const ours = (await targets()).filter(({ Name }) => Name === sendHere.name);
    expect(ours).toHaveLength(1);
    expect(ours[0]).toMatchObject({ Description: sendHere.description });
    expect(ours[0]?.ActionTargetArn).toMatch(/:action\/custom\/SendToDrawbridge$/);
  });

  it('gets its words back where somebody changed them', async () => {
    const old = { Id: sendHere.id, Name: 'To Slack', Description: 'old' };
    await client.send(new CreateActionTargetCommand(old));

    expect(await register(client)).toBe('to be updated');
    expect(await targets()).toMatchObject([
      { Name: sendHere.name, Description: sendHere.description },
    ]);
  });

  it('is only looked for by a check', async () => {
    expect(await register(client, true)).toBe('to be created');
    expect(await targets()).toEqual([]);
  });

  it('fits what Security Hub takes', () => {
    expect(sendHere.id).toMatch(/^[A-Za-z0-9]{1,20}$/);
    expect(sendHere.name.length).toBeLessThanOrEqual(20);
  });
});
