import {
  ElasticLoadBalancingClient,
  DescribeLoadBalancersCommand,
  DeregisterInstancesFromLoadBalancerCommand,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import type { ClassicElbCalls } from '../../operations/calls/classic-elb';
import { lazily, type Callers, type SessionConfig } from './callers';

export const classicelbCallers = (config: SessionConfig): Callers<keyof ClassicElbCalls> => {
  const client = lazily(() => new ElasticLoadBalancingClient(config));
  return {
    'classic-elb:DescribeLoadBalancers': (input) =>
      client().send(new DescribeLoadBalancersCommand(input)),
    'classic-elb:DeregisterInstancesFromLoadBalancer': (input) =>
      client().send(new DeregisterInstancesFromLoadBalancerCommand(input)),
    'classic-elb:RegisterInstancesWithLoadBalancer': (input) =>
      client().send(new RegisterInstancesWithLoadBalancerCommand(input)),
  };
};
