import { isAwsError, type Aws } from '../aws';
import type { Attached } from './attached-interfaces';
import { ensureGroup } from './ensure-group';
import { recordGroups } from './recorded-groups';

export type QuarantineInterfaces = {
  readonly instanceId: string;
  /** The VPC of the instance. */
  readonly vpcId: string;
  /** How long the interfaces stay in the transition group, open to all: 0 to 60 seconds. */
  readonly waitSeconds: number;
};

interface Failure {
  each: Attached;
  error: Error;
}

/**
 * Puts every interface into the transition group and then into the quarantine group. The second step is taken whatever
 * happens before it; an interface that cannot take it goes back to where it was rather than stay open.
 * @returns what failed on the way, even where the interfaces are contained in the end
 */
export const quarantine = async (
  aws: Aws,
  input: QuarantineInterfaces,
  run: string,
  now: readonly Attached[],
): Promise<Error[]> => {
  const failures: Error[] = [];
  const vpcs = new Set(now.map(({ vpc }) => vpc));
  for (const vpc of vpcs) {
    const here = now.filter((each) => each.vpc === vpc && !each.contained);
    failures.push(...(await attempt(() => swap(aws, input, run, vpc, here))));
  }
  return failures;
};

const swap = async (
  aws: Aws,
  { instanceId, waitSeconds }: QuarantineInterfaces,
  run: string,
  vpc: string,
  interfaces: readonly Attached[],
): Promise<Error[]> => {
  const suffixes = [instanceId, run.replaceAll('/', '-')];
  const shut = await ensureGroup(aws, vpc, 'quarantine', suffixes);
  // Left there by a try that was broken off: they have waited long enough.
  const open = interfaces.filter((each) => each.open);
  const failures = errorsOf(await move(aws, open, () => [shut]));
  // Where only the group's rules were wrong, they are right by now.
  const others = interfaces.filter((each) => !each.open && !isIn(each, shut));
  if (others.length === 0) return failures;
  const onTheWay = await attempt(async () => {
    const through = await ensureGroup(aws, vpc, 'transition', suffixes);
    await recordGroups(aws, others);
    const failed = await move(aws, others, () => [through]);
    if (failed.length < others.length) await pause(aws, waitSeconds);
    return errorsOf(failed);
  });
  const stuck = await move(aws, others, () => [shut]);
  await move(
    aws,
    stuck.map(({ each }) => each),
    ({ groups }) => groups,
  );
  return [...failures, ...onTheWay, ...errorsOf(stuck)];
};

const isIn = ({ groups }: Attached, group: string): boolean =>
  groups.length === 1 && groups[0] === group;

const pause = async (aws: Aws, seconds: number): Promise<void> => {
  if (seconds > 0) await aws.call('clock:Pause', { milliseconds: Math.min(seconds, 60) * 1000 });
};

const passes = 3;

/** Tries each of them, and again those that failed: one interface must not keep the others open. */
const move = async (
  aws: Aws,
  interfaces: readonly Attached[],
  groupsFor: (each: Attached) => readonly string[],
): Promise<Failure[]> => {
  let failures: Failure[] = [];
  let left = interfaces;
  for (let pass = 0; pass < passes && left.length > 0; pass += 1) {
    if (pass > 0) await attempt(() => pause(aws, 1));
    failures = [];
    for (const each of left)
      for (const error of await attempt(() => setGroups(aws, each.id, groupsFor(each))))
        failures.push({ each, error });
    left = failures.map(({ each }) => each);
  }
  return failures;
};

/** All its groups at once. An interface that is gone needs none. */
export const setGroups = async (
  aws: Aws,
  NetworkInterfaceId: string,
  groups: readonly string[],
): Promise<void> => {
  try {
    await aws.call('ec2:ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId,
      Groups: [...groups],
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidNetworkInterfaceID.NotFound')) throw error;
  }
};

const errorsOf = (failures: readonly Failure[]): Error[] => failures.map(({ error }) => error);

/** What fails here is told at the end, after all that can be done was done. */
export const attempt = async (work: () => Promise<void | Error[]>): Promise<Error[]> => {
  try {
    return (await work()) ?? [];
  } catch (error) {
    return [error instanceof Error ? error : new TypeError(String(error))];
  }
};
