import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { S3Client } from '@aws-sdk/client-s3';
import policy from '../../config/drawbridge.yml';
import { cardsOn } from '../aws/cards';
import { gateBatches } from '../aws/gate/batches';
import { gateIdentifiers } from '../aws/gate/identifiers';
import { gateMacie } from '../aws/gate/macie';
import { gateObjects } from '../aws/gate/objects';
import { gateSamples } from '../aws/gate/reveal';
import { gateStoreOn } from '../aws/gate/store';
import { gateSettings, settings } from '../config';
import { workClient } from '../slack/client';
import type { GateDeskDeps } from '../slack/gate/deps';
import { linksThrough } from '../slack/links';
import { repliesTo, responseOrigin } from '../slack/replies';
import { screensThrough } from '../slack/screens';
import { unseal } from '../slack/sealed';
import { signingSecrets } from '../slack/secrets';
import { now, once, people, random, secrets, sleep, table } from './index';

/** Milliseconds that one more batch may take: with less than that left, a call ends and the workflow makes another. */
const reserve = 60_000;

/** As many sockets as objects are copied at once, and some for lists. */
const sockets = { keepAlive: true, maxSockets: 96 };

const aws = once(() => {
  const s3 = new S3Client({ requestHandler: { httpsAgent: sockets, httpAgent: sockets } });
  // Macie takes few calls a second, and says so by refusing them.
  const macie = new Macie2Client({ retryMode: 'adaptive' });
  const resultsBucket = gateSettings.resultsBucket();
  return {
    gate: gateStoreOn(new DynamoDBClient({}), settings.table(), table()),
    objects: gateObjects(s3, gateSettings.gateBuckets()),
    batches: gateBatches(s3, resultsBucket),
    macie: gateMacie(macie, s3, {
      resultsBucket,
      stageBucket: gateSettings.stageBucket(),
      account: gateSettings.account(),
      // Without a gate in the policy no job is ever made.
      identifiers: policy.gate?.identifiers ?? {
        managed: { use: 'recommended' },
        custom: [],
        allowLists: [],
      },
    }),
    samples: gateSamples(macie, sleep),
    identifiers: gateIdentifiers(macie, now),
  };
});

/** `left`: milliseconds until Lambda ends the call. */
export const gateDeps = async (left: () => number): Promise<GateDeskDeps> => {
  const known = await secrets();
  const client = workClient(known.botToken, settings.slackApiUrl());
  return {
    ...aws(),
    policy,
    people: people(known.botToken),
    now,
    random,
    hasTime: () => left() > reserve,
    replies: repliesTo(responseOrigin(settings.slackApiUrl())),
    screens: screensThrough(client),
    linkTo: linksThrough(client, cardsOn(table())),
    unseal: (sealed) => unseal(sealed, signingSecrets(known)),
  };
};
