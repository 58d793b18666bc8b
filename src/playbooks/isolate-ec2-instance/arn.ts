import { partitionOf } from '../../domain/partition';
import type { Target } from '../../domain/target';

/** The instance as its credentials name it in `ec2:SourceInstanceARN`. */
export const arnOf = ({ id, account, region }: Target): string =>
  `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${id}`;
