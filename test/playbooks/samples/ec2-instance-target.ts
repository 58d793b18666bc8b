import { Target } from '../../../src/domain/target';
import { instanceId } from '../../operations/samples/ec2-instances';
import { account, region } from '../../support/builders';

export const target = Target.parse({ kind: 'AwsEc2Instance', id: instanceId, account, region });
