export interface Document {
  /** Its steps, in order, for `CurrentStepName`. */
  steps: readonly string[];
  required: readonly string[];
  outputs: (parameters: Readonly<Record<string, readonly string[]>>) => Record<string, string[]>;
}

const first = (values: readonly string[] | undefined): string => values?.[0] ?? '';

/** Automation documents that there are: one of AWS and one as a customer would write it. They change nothing here. */
export const documents: Readonly<Record<string, Document>> = {
  'AWS-RestartEC2Instance': {
    steps: ['stopInstances', 'startInstances'],
    required: ['InstanceId'],
    outputs: () => ({}),
  },
  'Acme-CaptureMemory': {
    steps: ['attachVolume', 'capture', 'upload'],
    required: ['InstanceId'],
    outputs: ({ InstanceId }) => ({
      'capture.Location': [`s3://acme-forensics/${first(InstanceId)}/memory.lime`],
      'capture.Sha256': ['6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b'],
    }),
  },
};

/** Given to any document, its values are how it fails. On AWS no document has it. */
export const failParameter = 'SandboxFail';

export interface Machine {
  output: (input: Readonly<Record<string, unknown>>) => object;
}

/** Standard state machines that there are, by name. `fail` in the input is how one fails. */
export const machines: Readonly<Record<string, Machine>> = {
  'isolate-host': {
    output: ({ host }) => ({ host, isolated: true, ticket: { id: 'NET-2041' } }),
  },
};
