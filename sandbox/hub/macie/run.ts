import type { World } from '../world';
import { bucketFacts } from './bucket-facts';
import { classify, type Scan } from './classify';
import { allowance } from './detect/allow';
import { customIdentifier } from './detect/custom';
import { selectManaged } from './detect/managed';
import { DiscoveryResults } from './discovery-results';
import { mayGoOn, type Job } from './job';
import { listObjects, tagsOf, type ObjectSummary } from './objects';
import { inSample, inScope } from './scope';
import { found, type MacieAccount } from './state';
import { targetsOf, type Target } from './targets';

async function prepare(world: World, macie: MacieAccount, job: Job) {
  const { request } = job;
  const customs = request.customDataIdentifierIds.map((id) => found(macie.identifiers, id));
  const lists = request.allowListIds.map((id) => found(macie.allowLists, id));
  const { managedDataIdentifierSelector: selector, managedDataIdentifierIds: ids } = request;
  return {
    world,
    macie,
    job,
    customs,
    identifiers: [...selectManaged(selector, ids), ...customs.map(customIdentifier)],
    allowed: await allowance(world.s3, lists),
  };
}

/** Scope is applied when the job runs, not when it is created: later objects count too. */
async function* chosen(world: World, job: Job, bucket: string): AsyncGenerator<ObjectSummary> {
  const { samplingPercentage, s3JobDefinition } = job.request;
  for await (const object of listObjects(world.s3, bucket)) {
    const tags = () => tagsOf(world.s3, bucket, object.key);
    const eligible = await inScope(object, s3JobDefinition.scoping, tags);
    if (eligible && inSample(object.key, samplingPercentage)) yield object;
  }
}

async function scanBucket(scan: Scan, name: string): Promise<void> {
  for await (const object of chosen(scan.world, scan.job, name)) {
    if (!(await mayGoOn(scan.job))) return;
    await classify(scan, object);
    scan.job.objectsToProcess = Math.max(0, scan.job.objectsToProcess - 1);
  }
}

/** First pass over the names only: callers see a falling number of objects to process. */
async function countIn(world: World, job: Job, targets: Target[]): Promise<void> {
  for (const { bucket } of targets) {
    try {
      for await (const _ of chosen(world, job, bucket)) job.objectsToProcess += 1;
    } catch {
      job.error = true;
    }
  }
}

/**
 * The background scan of a job. A bucket that cannot be read marks the run with an error and the others go on:
 * the job still becomes COMPLETE, exactly the state that must not be taken for "clean".
 */
export async function run(world: World, macie: MacieAccount, job: Job): Promise<void> {
  try {
    const prepared = await prepare(world, macie, job);
    const targets = await targetsOf(world, macie, job);
    await countIn(world, job, targets);
    for (const { account, bucket: name } of targets) {
      const results = new DiscoveryResults(world.s3, macie, job.id, account);
      try {
        const bucket = await bucketFacts(world.s3, name, account);
        await scanBucket({ ...prepared, account, bucket, results }, name);
      } catch {
        job.error = true;
      }
      await results.flush();
    }
  } catch {
    job.error = true;
  }
  job.scanned = true;
}
