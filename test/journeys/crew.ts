import type { Message } from '../../sandbox/slack';
import type { World } from '../../sandbox/world';
import { buttonOf } from './road';

/** People who keep at it: what they are told did not work, or what never answered, they do again. */
export interface Crew {
  /** Asks for the remediation of what these are called, one form after the other, by `/remediate`. */
  ask(user: string, wishes: readonly Wish[]): Promise<void>;
  /** Approves whatever asks for it in these channels, never as the person who asked, until it is over. */
  approve(channels: readonly string[], asker: Asker, over: AbortSignal): Promise<void>;
}

interface Wish {
  readonly channel: string;
  readonly name: string;
}

/** Who asked for what the card speaks of. */
type Asker = (card: Message) => string | undefined;

const approvers = ['U0ALEX', 'U0BEA'] as const;
/** Commands that a person has sent before the form of the first of them is filled in. */
const ahead = 3;
/** Milliseconds after which a person does not wait any longer and presses again. */
const patience = 10_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks until it is there, or until patience ends. */
const soon = async <T>(look: () => Promise<T | undefined | false>): Promise<T | undefined> => {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
    const found = await look();
    if (found) return found;
  }
  return undefined;
};

export const crewIn = ({ slack: { driver } }: World): Crew => {
  const answerFor = async (user: string, channel: string, name: string) => {
    const answers = (await driver.ephemerals(user, channel)).reverse();
    return answers.find(
      (each) => buttonOf(each, 'remediation.preview') && JSON.stringify(each.blocks).includes(name),
    );
  };

  const look = (user: string, { channel, name }: Wish) =>
    driver.command({ user, channel, text: `/remediate ${name}` });

  /** `true` once the request was taken, by this try or by one whose answer was lost. */
  const tryToAsk = async (user: string, { channel, name }: Wish): Promise<boolean> => {
    const answer = await soon(() => answerFor(user, channel, name));
    const button = answer && buttonOf(answer, 'remediation.preview');
    if (!button) {
      await look(user, { channel, name });
      return false;
    }
    const told = (await driver.ephemerals(user, channel)).length;
    await driver.click({ user, channel, ts: answer.ts, actionId: button.action_id });
    const isOpenAlready = async (): Promise<boolean> =>
      (await driver.ephemerals(user, channel))
        .slice(told)
        .some(({ text }) => text.includes('already asked'));
    const view = await soon(async () => {
      if (await isOpenAlready()) return 'asked already' as const;
      const top = await driver.view(user);
      const ready = top && !JSON.stringify(top).includes('Looking at the target');
      return ready && top;
    });
    if (view === 'asked already') return true;
    const reason = `${name} is open to the world`;
    const asked =
      view && view['submit']
        ? // By its id: the window of an earlier, late press may have come up over it.
          await driver.submit({ user, viewId: view.id, values: { 'reason.text': reason } })
        : undefined;
    const taken = asked?.shown === 'ok' && !/Not possible|errors/.test(asked.body);
    await driver.closeView({ user, all: true }).catch(() => undefined);
    return taken;
  };

  return {
    async ask(user, wishes) {
      for (const wish of wishes.slice(0, ahead)) await look(user, wish);
      for (const [index, wish] of wishes.entries()) {
        const next = wishes[index + ahead];
        if (next) await look(user, next);
        let asked = false;
        for (let tries = 0; tries < 15 && !asked; tries += 1) asked = await tryToAsk(user, wish);
        if (!asked) throw new Error(`${user} could not ask for ${wish.name}`);
      }
    },
    async approve(channels, asker, over) {
      const pressed = new Map<string, number>();
      while (!over.aborted) {
        for (const channel of channels)
          for (const card of await driver.messages(channel)) {
            const button = buttonOf(card, 'remediation.approve');
            const requester = asker(card);
            if (!button || !requester) continue;
            if (Date.now() - (pressed.get(card.ts) ?? 0) < patience) continue;
            pressed.set(card.ts, Date.now());
            const user = approvers.find((each) => each !== requester) ?? approvers[0];
            // Whoever comes too late finds no button any more.
            const press = { user, channel, ts: card.ts, actionId: button.action_id };
            await driver.click(press).catch(() => undefined);
          }
        await sleep(300);
      }
    },
  };
};
