import { keywordNear, type Identifier, type Match } from './identifier';

const proximity = 30;

/** The check digit of ISO/IEC 7812-1: what tells a card number from any other 16 digits. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

// Visa, Mastercard, American Express, Discover, Diners Club, JCB: prefix and length.
const issuers =
  /^(4\d{12}(\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(011|5\d\d)\d{12}|3(0[0-5]|[68]\d)\d{11}|35\d{14})$/;
// The way cards are printed; anything else needs a keyword.
const grouped = /^(\d{4}([ -])\d{4}\2\d{4}\2\d{4}|\d{4}([ -])\d{6}\3\d{5})$/;

function isCard(match: Match): boolean {
  const digits = match.text.replace(/\D/g, '');
  if (!issuers.test(digits) || !passesLuhn(digits)) return false;
  const words = ['card', 'credit', 'visa', 'mastercard', 'amex', 'ccn', 'account number'];
  return grouped.test(match.text) || keywordNear(match, words, proximity, 'around');
}

// Areas, groups and serials that were never issued.
function isSocialSecurityNumber(match: Match): boolean {
  const digits = match.text.replace(/\D/g, '');
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  if (area === '000' || area === '666' || area.startsWith('9')) return false;
  if (group === '00' || serial === '0000') return false;
  const words = ['ssn', 'ss#', 'social security', 'social sec', 'soc sec', 'social_security'];
  return /^\d{3}-\d{2}-\d{4}$/.test(match.text) || keywordNear(match, words, proximity, 'around');
}

// 40 characters alone are also a SHA-1 in Base64 or a path: mixed case and a keyword are needed.
function isSecretKey(match: Match): boolean {
  const { text } = match;
  const mixed = /[A-Z]/.test(text) && /[a-z]/.test(text) && /[\d/+]/.test(text);
  const words = ['secret_access_key', 'secretaccesskey', 'secret access key', 'secret key'];
  const more = ['secret_key', 'aws_secret', 'awssecretkey', 'credentials', 'set-awscredential'];
  return mixed && keywordNear(match, [...words, ...more], proximity, 'around');
}

export interface ManagedIdentifier extends Identifier {
  category: 'CREDENTIALS' | 'FINANCIAL_INFORMATION' | 'PERSONAL_INFORMATION';
  recommended: boolean;
}

export const managedIdentifiers: ManagedIdentifier[] = [
  {
    id: 'AWS_CREDENTIALS',
    category: 'CREDENTIALS',
    recommended: true,
    pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    accepts: isSecretKey,
  },
  {
    id: 'OPENSSH_PRIVATE_KEY',
    category: 'CREDENTIALS',
    recommended: true,
    pattern: /-----BEGIN OPENSSH PRIVATE KEY-----/g,
    accepts: () => true,
  },
  {
    id: 'CREDIT_CARD_NUMBER',
    category: 'FINANCIAL_INFORMATION',
    recommended: true,
    pattern: /(?<![\w.-])\d(?:[ -]?\d){12,15}(?![\w-]|\.\d)/g,
    accepts: isCard,
  },
  {
    id: 'USA_SOCIAL_SECURITY_NUMBER',
    category: 'PERSONAL_INFORMATION',
    recommended: true,
    pattern: /(?<![\w-])\d{3}([ -]?)\d{2}\1\d{4}(?![\w-])/g,
    accepts: isSocialSecurityNumber,
  },
  {
    id: 'EMAIL_ADDRESS',
    category: 'PERSONAL_INFORMATION',
    recommended: false,
    pattern:
      /(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}\b/g,
    accepts: () => true,
  },
];

/** The job's selector applied to what is known here; unknown ids select nothing. */
export function selectManaged(selector: string, ids: string[]): ManagedIdentifier[] {
  return managedIdentifiers.filter(({ id, recommended }) => {
    switch (selector) {
      case 'ALL':
        return true;
      case 'INCLUDE':
        return ids.includes(id);
      case 'EXCLUDE':
        return !ids.includes(id);
      case 'RECOMMENDED':
        return recommended;
      default:
        return false;
    }
  });
}
