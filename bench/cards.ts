import type { Message } from '../sandbox/slack';

/** The `action_id` of the card's button for this, while it has one. */
export const actionOf = ({ blocks = [] }: Message, intent: string): string | undefined =>
  blocks
    .flatMap((block) =>
      'elements' in block && Array.isArray(block.elements)
        ? (block.elements as { action_id?: string }[])
        : [],
    )
    .find(({ action_id }) => action_id?.startsWith(`v1:remediation.${intent}:`))?.action_id;

/** Looks again until it is there. Bounded; the pause is small beside what is measured. */
export const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + 180_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never saw ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
