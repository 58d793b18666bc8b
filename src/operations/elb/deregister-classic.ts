import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import { isAwsError } from '../aws';
import type { Reversible } from '../operation';

/** Takes an instance out of a Classic Load Balancer, which sends to all its instances on the same ports. */
export type DeregisterClassic = {
  /** Its name. */
  readonly loadBalancer: string;
  readonly instanceId: string;
};
type State = { readonly gone: false; readonly registered: boolean } | { readonly gone: true };

export const deregisterClassic: Reversible<DeregisterClassic, State> = {
  kind: 'elb.deregister-classic',
  describe: ({ loadBalancer, instanceId }) =>
    `Take ${instanceId} out of the Classic Load Balancer ${loadBalancer}`,
  async read(aws, { loadBalancer, instanceId }) {
    const found = await unlessAbsent(
      aws.call('classic-elb:DescribeLoadBalancers', { LoadBalancerNames: [loadBalancer] }),
      ...notFound,
    );
    const balancer = found?.LoadBalancerDescriptions?.find(
      ({ LoadBalancerName }) => LoadBalancerName === loadBalancer,
    );
    if (!balancer) return { gone: true };
    const { Instances = [] } = balancer;
    return {
      gone: false,
      registered: Instances.some(({ InstanceId }) => InstanceId === instanceId),
    };
  },
  holds: (state) => state.gone || !state.registered,
  async apply(aws, { loadBalancer, instanceId }, now) {
    if (now.gone || !now.registered) return;
    await aws.call('classic-elb:DeregisterInstancesFromLoadBalancer', {
      LoadBalancerName: loadBalancer,
      Instances: [{ InstanceId: instanceId }],
    });
  },
  async undo(aws, { loadBalancer, instanceId }, before, now) {
    if (before.gone || !before.registered || (!now.gone && now.registered)) return;
    const words = `${instanceId} cannot be put back behind the load balancer ${loadBalancer}`;
    if (now.gone) throw new Told(`${words}, which was deleted meanwhile.`);
    try {
      await aws.call('classic-elb:RegisterInstancesWithLoadBalancer', {
        LoadBalancerName: loadBalancer,
        Instances: [{ InstanceId: instanceId }],
      });
    } catch (error) {
      if (!isAwsError(error, 'InvalidEndPointException', 'InvalidInstance')) throw error;
      throw new Told(`${words}: it must be running in its VPC.`, { cause: error });
    }
  },
  restored: (state, _, before) =>
    before.gone || !before.registered || (!state.gone && state.registered),
  drift(after, now) {
    if (now.gone) return after.gone ? [] : ['the load balancer was deleted since'];
    if (after.gone) return ['the load balancer is there again'];
    if (after.registered === now.registered) return [];
    return [`the instance was ${now.registered ? 'registered' : 'taken out'} since`];
  },
  permissions: {
    read: ['elasticloadbalancing:DescribeLoadBalancers'],
    apply: ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer'],
    undo: ['elasticloadbalancing:RegisterInstancesWithLoadBalancer'],
  },
};

/** By the SDK's class, and by the API's own code. */
const notFound = ['AccessPointNotFoundException', 'LoadBalancerNotFound'];
