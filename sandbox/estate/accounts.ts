/** The security team's account: Drawbridge runs here, and it administers Macie and Security Hub. */
export const botAccount = '111122223333';
/** The account that findings are about. */
export const workloads = '444455556666';
export const region = 'us-east-1';
/** Some servers stand in Ireland; Security Hub brings their findings to `region`. */
export const secondRegion = 'eu-west-1';
/** An agency that is meant to have access to some things of ours. */
export const partner = '777788889999';
/** Tells AssumeRole that Drawbridge asks on its owner's behalf. */
export const externalId = 'drawbridge-sandbox';
export const responderName = 'DrawbridgeResponder';
