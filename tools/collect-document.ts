import { stringify } from 'yaml';

interface Section {
  name: string;
  /** Systems Manager ends it after so many seconds. */
  seconds: number;
  lines: string[];
}

const marker = /^#: ([a-z]+) (\d+)$/;

/**
 * A script's sections, each with what stands above the first of them: `#: sockets 30` begins one. Without comments, since a
 * template that is given as a file has 51,200 bytes at most.
 */
export const sectionsIn = (script: string): Section[] => {
  const [head = [], ...rest] = parts(script);
  return rest.map(([first = '', ...lines]) => {
    const [, name = '', seconds = ''] = marker.exec(first) ?? [];
    return { name, seconds: Number(seconds), lines: [...head, ...lines].filter(isCode) };
  });
};

const isCode = (line: string): boolean => !/^\s*(#.*)?$/.test(line);

const parts = (script: string): string[][] => {
  const found: string[][] = [[]];
  for (const line of script.trimEnd().split('\n')) {
    if (marker.test(line)) found.push([]);
    found.at(-1)?.push(line);
  }
  return found;
};

const step = (platform: 'Linux' | 'Windows', { name, seconds, lines }: Section) => ({
  name: `${platform.toLowerCase()}-${name}`,
  action: platform === 'Linux' ? 'aws:runShellScript' : 'aws:runPowerShellScript',
  precondition: { StringEquals: ['platformType', platform] },
  inputs: { timeoutSeconds: String(seconds), runCommand: [lines.join('\n')] },
});

/** infra/member-region.yml: the document by which a host is asked, made of the two scripts. */
export const memberRegion = (scripts: { linux: string; windows: string }): string => {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'The read-only document by which Drawbridge asks a host before it is isolated. Deploy it in every account and every Region with hosts.',
    Resources: {
      DrawbridgeCollect: {
        Type: 'AWS::SSM::Document',
        Properties: {
          Name: 'Drawbridge-Collect',
          DocumentType: 'Command',
          TargetType: '/AWS::EC2::Instance',
          UpdateMethod: 'NewVersion',
          Content: {
            schemaVersion: '2.2',
            description: 'Reads what a host tells of itself, most fleeting first. Changes nothing.',
            mainSteps: [
              ...sectionsIn(scripts.linux).map((section) => step('Linux', section)),
              ...sectionsIn(scripts.windows).map((section) => step('Windows', section)),
            ],
          },
        },
      },
    },
  };
  const note = '# Made of infra/documents by npm run generate.\n';
  return note + stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
};
