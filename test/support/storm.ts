import { groupFor } from '../../src/app/groups';
import { housekeep } from '../../src/app/housekeep';
import { takeIn } from '../../src/app/intake';
import { CaseId, FindingKey } from '../../src/domain/ids';
import type { Message } from '../../src/domain/message';
import { deliver } from '../../src/slack/outbox';
import { anOutbox } from '../slack/support/outbox';
import { aFinding, aPolicy, region } from './builders';

export const keyOf = (n: number): FindingKey =>
  FindingKey.parse((n + 1).toString(16).padStart(32, '0'));
const groupArn = (n: number): string => `arn:aws:ec2:${region}:111122223333:security-group/sg-${n}`;

/** Findings come in; what became of them is shown, as the relay, the outbox and housekeeping do it. */
export const aStorm = async (policy = aPolicy()) => {
  const box = await anOutbox();
  const deps = { ...box.deps, policy };
  const needs = { groups: box.groups, policy, now: box.clock.now };
  const door = { ...box.door, policy, groupOf: groupFor.bind(undefined, needs) };
  const finding = (n: number, more: Parameters<typeof aFinding>[0] = {}) =>
    aFinding({
      key: keyOf(n),
      id: `finding-${n}`,
      resources: [{ kind: 'AwsEc2SecurityGroup', id: groupArn(n) }],
      ...more,
    });
  const show = async (n: number): Promise<void> => {
    const record = await box.held.finding(keyOf(n));
    if (!record?.loud || record.group?.shown === 'later') return;
    const message: Message = record.group
      ? { kind: 'group', id: record.group.id, mark: 'first' }
      : { kind: 'card', case: CaseId.parse(keyOf(n)), mark: 'x' };
    await deliver(deps, message);
  };
  return {
    ...box,
    policy,
    door,
    finding,
    take: (n: number, more = {}, delivery = `delivery-${n}`, over = door) =>
      takeIn(over, finding(n, more), delivery),
    record: (n: number) => box.held.finding(keyOf(n)),
    show,
    /** Housekeeping’s tick, and what it has shown. */
    tick: () =>
      housekeep({
        ...door,
        source: box.source,
        groups: box.groups,
        showGroup: (group, mark) => deliver(deps, { kind: 'group', id: group.id, mark }),
      }),
    roots: () => box.slack.roots('C0ALERTS').map(({ content }) => content),
  };
};
export type Storm = Awaited<ReturnType<typeof aStorm>>;
export const each = async (count: number, act: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < count; n += 1) await act(n);
};
export const groupCardOf = ({ roots }: Storm) =>
  roots().find(({ text }) => /more like this/.test(text));
