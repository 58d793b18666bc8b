import {
  ElasticLoadBalancingV2Client,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ElbCalls } from '../../operations/calls/elb';
import { lazily, type Callers, type SessionConfig } from './callers';

export const elbCallers = (config: SessionConfig): Callers<keyof ElbCalls> => {
  const client = lazily(() => new ElasticLoadBalancingV2Client(config));
  return {
    'elasticloadbalancing:DescribeTargetGroups': (input) =>
      client().send(new DescribeTargetGroupsCommand(input)),
    'elasticloadbalancing:DescribeTargetHealth': (input) =>
      client().send(new DescribeTargetHealthCommand(input)),
    'elasticloadbalancing:DeregisterTargets': (input) =>
      client().send(new DeregisterTargetsCommand(input)),
    'elasticloadbalancing:RegisterTargets': (input) =>
      client().send(new RegisterTargetsCommand(input)),
  };
};
