import type { Answer } from '../../../blocks/answers';
import { chart } from '../../../blocks/chart';
import { note } from '../../../blocks/parts';
import { chartInWords, statsText } from '../../../blocks/stats';
import type { Click } from '../../app/authority';
import type { Policy } from '../../domain/policy';
import type { Stats } from '../../domain/stats';
import { retryAfter, slackError } from '../client';
import type { FilePlace, NewFile } from '../files';

interface Needs {
  read: () => Promise<Stats>;
  upload: (file: NewFile, place: FilePlace) => Promise<void>;
  policy: Policy;
}

/** Answers with the numbers, and puts their picture into the channel in which they were asked for. */
export const statsThrough =
  ({ read, upload, policy }: Needs) =>
  async ({ channel }: Pick<Click, 'channel'>): Promise<Answer> => {
    const stats = await read();
    const answer = statsText(stats, policy);
    try {
      await upload(
        {
          name: `drawbridge-${stats.at.slice(0, 10)}.png`,
          title: `Drawbridge (${policy.environment}): the last twelve weeks`,
          bytes: chart(stats, `Drawbridge · ${policy.environment}`),
          alt: chartInWords(stats),
        },
        { channel },
      );
      return answer;
    } catch (error) {
      // The picture is a comfort: the numbers are right without it.
      const busy = retryAfter(error) === undefined ? undefined : 'the channel is too busy just now';
      const why = busy ?? slackError(error) ?? 'the upload failed';
      return {
        ...answer,
        blocks: [...answer.blocks, note(`The chart could not be posted: ${why}.`)],
      };
    }
  };
