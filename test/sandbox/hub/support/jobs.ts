import {
  CreateClassificationJobCommand,
  EnableMacieCommand,
  GetFindingsCommand,
  ListFindingsCommand,
  type CreateClassificationJobCommandInput,
  type Finding,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import { administrator, bench, type Bench } from './hub';
import { s3Stub, type S3Stub } from './s3';

export interface MacieBench extends Bench {
  s3: S3Stub;
  client: Macie2Client;
  start: (changes?: Partial<CreateClassificationJobCommandInput>) => Promise<string>;
  /** Starts a job and runs it to its end, clock included. */
  scan: (changes?: Partial<CreateClassificationJobCommandInput>) => Promise<string>;
  findings: (jobId: string) => Promise<Finding[]>;
}

export const stage = 'drawbridge-stage';

/** A hub with Macie on, in front of an S3 with one bucket of objects. */
export async function macieBench(): Promise<MacieBench> {
  const s3 = await s3Stub();
  const world = await bench(s3.url);
  const client = world.macie();
  await client.send(new EnableMacieCommand({}));
  const start: MacieBench['start'] = async (changes = {}) => {
    const { jobId = '' } = await client.send(
      new CreateClassificationJobCommand({
        jobType: 'ONE_TIME',
        name: 'gate',
        managedDataIdentifierSelector: 'ALL',
        s3JobDefinition: { bucketDefinitions: [{ accountId: administrator, buckets: [stage] }] },
        clientToken: undefined,
        ...changes,
      }),
    );
    return jobId;
  };
  return {
    ...world,
    s3,
    client,
    start,
    scan: async (changes) => {
      const jobId = await start(changes);
      await world.hub.settled();
      world.clock.advance(10);
      return jobId;
    },
    findings: async (jobId) => {
      const criterion = { 'classificationDetails.jobId': { eq: [jobId] } };
      const sortCriteria = { attributeName: 'resourcesAffected.s3Object.key' };
      const listed = await client.send(
        new ListFindingsCommand({ findingCriteria: { criterion }, sortCriteria }),
      );
      if (!listed.findingIds?.length) return [];
      const got = await client.send(
        new GetFindingsCommand({ findingIds: listed.findingIds, sortCriteria }),
      );
      return got.findings ?? [];
    },
    close: async () => {
      await world.close();
      await s3.close();
    },
  };
}
