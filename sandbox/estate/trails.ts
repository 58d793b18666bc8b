import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';

import type { ClientSettings } from '../stack';
import { ownedBy, tagList } from './tags';

export interface Trails {
  /** The account's trail: its files are not signed, and no log group has its events. */
  readonly plain: string;
  /** Another one into the same bucket; its files are signed. */
  readonly signed: string;
}

/** Two trails that write to the same bucket. */
export const createTrails = async (settings: ClientSettings, bucket: string): Promise<Trails> => {
  const cloudtrail = new CloudTrailClient(settings);
  const trails: Trails = { plain: 'acme-audit', signed: 'acme-data-events' };
  const create = async (Name: string, EnableLogFileValidation: boolean): Promise<void> => {
    await cloudtrail.send(
      new CreateTrailCommand({
        Name,
        S3BucketName: bucket,
        IsMultiRegionTrail: true,
        EnableLogFileValidation,
        TagsList: tagList(ownedBy('platform-team')),
      }),
    );
    await cloudtrail.send(new StartLoggingCommand({ Name }));
  };
  await Promise.all([create(trails.plain, false), create(trails.signed, true)]);
  return trails;
};
