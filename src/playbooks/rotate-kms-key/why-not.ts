interface Key {
  id: string;
  manager: string;
  spec: string;
  origin: string;
  state: string;
}

/** Why KMS does not rotate this key by itself, with what to do instead; nothing if it does. */
export const whyNot = ({ id, manager, spec, origin, state }: Key): string | undefined => {
  if (manager === 'AWS')
    return `KMS key ${id} is managed by AWS, which rotates it every year by itself.`;
  if (manager !== 'CUSTOMER') return `KMS does not say who manages key ${id}.`;
  if (spec !== 'SYMMETRIC_DEFAULT')
    return `KMS rotates symmetric encryption keys only, and key ${id} is ${spec}. Make a new key and move its users and aliases over by hand.`;
  if (origin === 'EXTERNAL')
    return `KMS key ${id} has imported key material, which KMS cannot renew. Import new material and rotate it on demand.`;
  if (origin !== 'AWS_KMS')
    return `KMS key ${id} is in a custom key store (${origin}), which KMS cannot rotate. Make a new key and move its users and aliases over by hand.`;
  if (state === 'Enabled') return undefined;
  return `KMS key ${id} is ${words[state] ?? `in the state ${state}`}, and its rotation cannot be changed then.`;
};

const words: Readonly<Record<string, string>> = {
  Disabled: 'disabled',
  PendingDeletion: 'about to be deleted',
  PendingReplicaDeletion: 'about to be deleted',
};
