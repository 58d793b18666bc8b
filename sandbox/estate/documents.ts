import { CreateDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

import type { ClientSettings } from '../stack';

interface Region {
  readonly Resources: {
    readonly DrawbridgeCollect: {
      readonly Properties: { readonly Name: string; readonly Content: object };
    };
  };
}

/** What infra/member-region.yml puts into each Region of an account: the emulators' CloudFormation knows no documents. */
export const createDocuments = async (settings: ClientSettings): Promise<void> => {
  const file = join(__dirname, '../../infra/member-region.yml');
  const { Resources } = parse(await readFile(file, 'utf8')) as Region;
  const { Name, Content } = Resources.DrawbridgeCollect.Properties;
  await new SSMClient(settings).send(
    new CreateDocumentCommand({ Name, Content: JSON.stringify(Content), DocumentType: 'Command' }),
  );
};
