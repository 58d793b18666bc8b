import { z } from 'zod';
import type { Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { findingsIn, mayTouch } from './state';
import { targetAt } from './targets';

const Request = z.object({
  actionArn: z.string(),
  findingIds: z.array(z.string()).min(1).max(20),
});

/** What the console's "Actions" menu does: a person picks findings and one event per finding goes out. */
export function customAction(call: Call): { sent: number } {
  const request = parse(Request, call.body, 'InvalidInputException');
  const [, , , region = ''] = request.actionArn.split(':');
  const here = { ...call, region };
  const target = targetAt(here, request.actionArn);
  const store = [...findingsIn(call.world, region).values()];
  const findings = request.findingIds.map((id) => {
    const stored = store.find(({ finding }) => finding.Id === id);
    if (!stored || !mayTouch(here, stored)) {
      throw new Fault('ResourceNotFoundException', `No finding ${id}`);
    }
    return stored.finding;
  });
  for (const finding of findings) {
    call.world.events.push({
      'detail-type': 'Security Hub Findings - Custom Action',
      source: 'aws.securityhub',
      region,
      resources: [target.ActionTargetArn],
      detail: {
        actionName: target.Name,
        actionDescription: target.Description,
        findings: [finding],
      },
    });
  }
  return { sent: findings.length };
}
