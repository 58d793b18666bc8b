import {
  AttachInstancesCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import type { ClientSettings } from '../stack';
import type { Network } from './network';
import type { Servers } from './servers';

export interface Fleet {
  readonly autoScalingGroup: string;
  readonly targetGroup: string;
  readonly loadBalancer: string;
}

/** Puts the web server behind a load balancer and under an Auto Scaling group: isolating it must leave both. */
export const createFleet = async (
  settings: ClientSettings,
  { vpcId, subnetIds, groups }: Network,
  servers: Servers,
): Promise<Fleet> => {
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const scaling = new AutoScalingClient(settings);
  const [{ TargetGroups }, { LoadBalancers }] = await Promise.all([
    balancing.send(
      new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTPS', Port: 443, VpcId: vpcId }),
    ),
    balancing.send(
      new CreateLoadBalancerCommand({
        Name: 'web',
        Subnets: [...subnetIds],
        SecurityGroups: [groups.web],
      }),
    ),
  ]);
  const targetGroup = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: targetGroup }];
  const listener = { Protocol: 'HTTP' as const, Port: 80, DefaultActions };
  await balancing.send(new CreateListenerCommand({ LoadBalancerArn: loadBalancer, ...listener }));
  const autoScalingGroup = 'web';
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: autoScalingGroup,
      LaunchTemplate: { LaunchTemplateId: servers.launchTemplate, Version: '$Latest' },
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 0,
      VPCZoneIdentifier: subnetIds.join(','),
      TargetGroupARNs: [targetGroup],
      HealthCheckType: 'ELB',
    }),
  );
  await scaling.send(
    new AttachInstancesCommand({
      AutoScalingGroupName: autoScalingGroup,
      InstanceIds: [servers.web],
    }),
  );
  await balancing.send(
    new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: [{ Id: servers.web }] }),
  );
  return { autoScalingGroup, targetGroup, loadBalancer };
};
