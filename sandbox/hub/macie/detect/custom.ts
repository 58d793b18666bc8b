import { keywordNear, type Identifier } from './identifier';

export interface CustomRule {
  id: string;
  regex: string;
  keywords: string[];
  ignoreWords: string[];
  maximumMatchDistance: number;
}

/** A custom data identifier; throws where the regex is not valid. */
export function customIdentifier(rule: CustomRule): Identifier {
  return {
    id: rule.id,
    pattern: new RegExp(rule.regex, 'gu'),
    accepts: (match) => {
      if (rule.ignoreWords.some((word) => match.text.includes(word))) return false;
      if (rule.keywords.length === 0) return true;
      // The distance runs from the keyword's end to the match's end, so it covers the match itself.
      const reach = Math.max(0, rule.maximumMatchDistance - match.text.length);
      const longest = Math.max(...rule.keywords.map(({ length }) => length));
      return keywordNear(match, rule.keywords, reach + longest, 'before');
    },
  };
}
