import { Macie2Client } from '@aws-sdk/client-macie2';

type Answer = object | Error;

/** A Macie that answers each call by its name in turn, the last answer for good. */
export const scripted = (answers: Readonly<Record<string, readonly Answer[]>>) => {
  const client = new Macie2Client({ region: 'eu-west-1' });
  const calls: { name: string; input: object }[] = [];
  client.send = ((command: { constructor: { name: string }; input: object }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    const mine = answers[name] ?? [];
    const made = calls.filter((each) => each.name === name).length;
    calls.push({ name, input: command.input });
    const answer = mine[Math.min(made, mine.length - 1)] ?? new TypeError(`${name}: not asked for`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as typeof client.send;
  return { client, calls };
};

export const macieError = (name: string, message = `${name} from Macie`): Error =>
  Object.assign(new Error(message), { name });
