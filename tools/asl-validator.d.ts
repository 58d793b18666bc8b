/** The package's own types are not in what it publishes; this is as much as is used here. */
declare module 'asl-validator' {
  const validate: (definition: unknown) => {
    isValid: boolean;
    errorsText: (separator: string) => string;
  };
  export default validate;
}
