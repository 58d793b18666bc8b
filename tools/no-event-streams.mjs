// Stands for the SDK's event streams: no operation that we call has one. Clients may ask for it, none may use it.
export const resolveEventStreamSerdeConfig = (config) => config;
export const eventStreamSerdeProvider = () => undefined;
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are left out of this bundle');
  }
}
/** The signer makes one of these and signs no message with it. */
export class HeaderFormatter {
  format() {
    throw new Error('event streams are left out of this bundle');
  }
}
