// Stands for the reader of ~/.aws/config and ~/.aws/credentials, which a Lambda does not have.
export const CONFIG_PREFIX_SEPARATOR = '.';
export const loadSharedConfigFiles = () => Promise.resolve({ configFile: {}, credentialsFile: {} });
