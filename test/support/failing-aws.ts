import type { Aws, AwsCall, AwsCalls } from '../../src/operations/aws';
import { awsError } from './memory-aws';

/** A process that ends at its n-th call, counted from 0, before or after its effect: nothing later is reached. */
export const dying = (aws: Aws, at: number, when: 'before' | 'after'): Aws => {
  let calls = 0;
  return {
    async call<C extends AwsCall>(name: C, input: AwsCalls[C][0]) {
      const mine = calls;
      calls += 1;
      if (mine === at && when === 'after') await aws.call(name, input);
      if (mine >= at) throw awsError('Killed');
      return aws.call(name, input);
    },
  };
};

/** Refuses some calls, by their name and input. */
export const refusing = (aws: Aws, refuses: (name: AwsCall, input: object) => boolean): Aws => ({
  async call<C extends AwsCall>(name: C, input: AwsCalls[C][0]) {
    if (refuses(name, input)) throw awsError('UnauthorizedOperation');
    return aws.call(name, input);
  },
});

/** Something happens right before a call of this name, the first time. */
export const before = (aws: Aws, name: AwsCall, happens: () => void): Aws => {
  let happened = false;
  return {
    async call<C extends AwsCall>(called: C, input: AwsCalls[C][0]) {
      if (called === name && !happened) {
        happened = true;
        happens();
      }
      return aws.call(called, input);
    },
  };
};
