import type { Finding } from '../../src/domain/finding';
import { offersFor, type Offer } from '../../src/domain/playbook';
import { aFinding } from '../support/builders';

const offered = (answer: string, more: Partial<Finding>) => {
  const offer: Offer = {
    id: 'restart-vendor-agent',
    title: 'Restart the vendor agent',
    summary: '',
    answers: ['X.1', answer],
    target: 'AwsEc2Instance',
    risk: 'medium',
    onFailure: 'roll back',
  };
  const resources = [{ kind: 'AwsEc2Instance', id: 'i-1', tags: {} }];
  return offersFor([offer], aFinding({ resources, control: undefined, ...more })).length === 1;
};

const mining = { product: 'GuardDuty', type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS' };

describe('a playbook answers', () => {
  it.each<[string, string, Partial<Finding>, boolean]>([
    ['a control', 'EC2.19', { control: 'EC2.19' }, true],
    ['another control', 'EC2.19', { control: 'EC2.1' }, false],
    ['a type', 'guardduty:CryptoCurrency:EC2/BitcoinTool.B!DNS', mining, true],
    ['the start of a type', 'guardduty:CryptoCurrency:EC2/BitcoinTool', mining, false],
    ['the start of a type with a star', 'guardduty:CryptoCurrency:EC2/*', mining, true],
    ['any type of a product', 'guardduty:*', mining, true],
    ['a star in the middle, which is no star', 'guardduty:CryptoCurrency:*/Bitcoin', mining, false],
    ['the type of another product', 'macie:CryptoCurrency:EC2/*', mining, false],
    ['a product of two words', 'security-hub:*', { product: 'Security Hub' }, true],
    ['a product without a type', 'guardduty', mining, false],
    ['a type that is over', 'guardduty:*', { ...mining, workflow: 'resolved' }, false],
  ])('%s: “%s”', (_, answer, finding, fits) => {
    expect(offered(answer, finding)).toBe(fits);
  });
});
