import { awsError, type Handlers } from './memory-aws';

/**
 * Classic load balancers by name, with the ids of their instances.
 * @param stopped instances that do not run: they cannot be registered
 */
export const memoryClassicElb = (
  balancers: Map<string, Set<string>>,
  { stopped = new Set<string>() } = {},
): Handlers => {
  const find = (name = '') => {
    const instances = balancers.get(name);
    if (!instances) throw awsError('AccessPointNotFoundException');
    return instances;
  };
  const told = (ids: Iterable<string>) => [...ids].map((InstanceId) => ({ InstanceId }));
  return {
    'classic-elb:DescribeLoadBalancers': ({ LoadBalancerNames = [] }) => ({
      LoadBalancerDescriptions: LoadBalancerNames.map((LoadBalancerName) => ({
        LoadBalancerName,
        Instances: told(find(LoadBalancerName)),
      })),
    }),
    'classic-elb:DeregisterInstancesFromLoadBalancer': ({ LoadBalancerName, Instances = [] }) => {
      const instances = find(LoadBalancerName);
      for (const { InstanceId = '' } of Instances) instances.delete(InstanceId);
      return { Instances: told(instances) };
    },
    'classic-elb:RegisterInstancesWithLoadBalancer': ({ LoadBalancerName, Instances = [] }) => {
      const instances = find(LoadBalancerName);
      for (const { InstanceId = '' } of Instances) {
        if (stopped.has(InstanceId)) throw awsError('InvalidEndPointException');
        instances.add(InstanceId);
      }
      return { Instances: told(instances) };
    },
  };
};
