import type {
  DescribeHubCommandOutput,
  EnableSecurityHubV2CommandOutput,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { requireHub } from './state';

const EnableRequest = z.object({
  ControlFindingGenerator: z
    .enum(['STANDARD_CONTROL', 'SECURITY_CONTROL'])
    .default('SECURITY_CONTROL'),
});

export function enableSecurityHub(call: Call): Done {
  const request = parse(EnableRequest, call.body, 'InvalidInputException');
  const enrolment = call.world.securityHub.enrolments.of(call);
  if (enrolment.hub) {
    throw new Fault('ResourceConflictException', 'Account is already subscribed to Security Hub');
  }
  enrolment.hub = {
    arn: `arn:aws:securityhub:${call.region}:${call.account}:hub/default`,
    subscribedAt: call.world.now().toISOString(),
    controlFindingGenerator: request.ControlFindingGenerator,
  };
  return {};
}

export function describeHub(call: Call): Answer<DescribeHubCommandOutput> {
  const hub = requireHub(call);
  const asked = call.query.get('HubArn');
  if (asked && asked !== hub.arn) throw new Fault('ResourceNotFoundException', `No hub ${asked}`);
  return {
    HubArn: hub.arn,
    SubscribedAt: hub.subscribedAt,
    AutoEnableControls: true,
    ControlFindingGenerator: hub.controlFindingGenerator,
  };
}

/** V2 is a hub of its own beside the first: with both on, every finding is announced twice. */
export function enableSecurityHubV2(call: Call): Answer<EnableSecurityHubV2CommandOutput> {
  call.world.securityHub.enrolments.of(call).v2 = true;
  return { HubV2Arn: `arn:aws:securityhub:${call.region}:${call.account}:hubv2/default` };
}
