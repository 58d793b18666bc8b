import { publish } from '../../src/app/publish';
import { verify } from '../../src/app/verify';
import type { Link } from '../../src/domain/audit';
import type { Outcome } from '../../src/domain/outcome';
import { aPolicy } from '../support/builders';
import { anIsolation } from '../support/isolated-world';
import { stateOf } from '../support/server-state';

it('tells other systems how an isolation ended, and that somebody loosened it, with why', async () => {
  const world = await anIsolation({ instead: {} });
  const { id } = await world.through();
  const { network } = world.host;
  network.open(network.find(stateOf(world.host).interfaces[0]), {
    IpProtocol: '-1',
    IpRanges: [{ CidrIp: '10.0.0.0/8' }],
  });
  await verify(world.deps, id);
  const told: Outcome[] = [];
  const deps = {
    store: world.held,
    cards: { get: async () => undefined },
    policy: aPolicy(),
    outcomes: { publish: async (outcome: Outcome) => void told.push(outcome) },
    objectOf: ({ seq }: Link) => `s3://bucket/audit/${seq}`,
  };

  for (const link of [...world.held.held.chains.values()].flat()) await publish(deps, link);

  expect(told).toMatchObject([
    { outcome: 'done', remediation: { id } },
    {
      outcome: 'loosened',
      because: expect.stringContaining('has holes since'),
      by: { kind: 'drawbridge' },
      remediation: { id, playbook: 'isolate-ec2-instance' },
    },
  ]);
});
